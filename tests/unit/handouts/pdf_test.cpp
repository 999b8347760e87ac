// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <thread>

#include "handouts/pictures/colors.h"
#include "poppler.h"
#include "sample.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

std::string render(const HandoutInput& input) {
  const auto model = build_handout(input);
  REQUIRE(model);
  auto pdf = render_pdf(*model);
  REQUIRE(pdf);
  return *pdf;
}

/// Types in reading order, with the alternative text of figures.
void walk(QPDFObjectHandle element, std::vector<std::string>& types) {
  if (element.isArray()) {
    for (int i = 0; i < element.getArrayNItems(); ++i) walk(element.getArrayItem(i), types);
  } else if (element.isDictionary() && element.hasKey("/S")) {
    auto type = element.getKey("/S").getName();
    if (type == "/Figure") type += " " + element.getKey("/Alt").getUTF8Value();
    types.push_back(type);
    walk(element.getKey("/K"), types);
  }
}

struct Tree {
  std::string bytes;  // read as the objects are asked for
  QPDF pdf;
  std::vector<std::string> types;
  explicit Tree(std::string document) : bytes(std::move(document)) {
    pdf.processMemoryFile("test", bytes.data(), bytes.size());
    walk(pdf.getRoot().getKey("/StructTreeRoot").getKey("/K"), types);
  }
  bool has(const std::string& type) const {
    return std::find(types.begin(), types.end(), type) != types.end();
  }
  std::size_t pages() { return QPDFPageDocumentHelper(pdf).getAllPages().size(); }
};

double luminance(const Color& color) {
  const auto linear = [](double v) {
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

double contrast(const Color& a, const Color& b) {
  const double high = std::max(luminance(a), luminance(b));
  const double low = std::min(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

}  // namespace

TEST_CASE("The PDF is tagged, sound, A4, and two pages for two symptoms") {
  const auto pdf = render(personal_sheet());
  const auto info = ask("pdfinfo @", pdf);
  CHECK(info.find("Tagged: yes") != std::string::npos);
  CHECK(info.find("Pages: 2 ") != std::string::npos);
  CHECK(info.find("(A4)") != std::string::npos);
  CHECK(info.find("Title: Four ideas about pain") != std::string::npos);
  int status = -1;
  const auto check = ask("qpdf --check @", pdf, &status);
  CAPTURE(check);
  CHECK(status == 0);
  CHECK(check.find("WARNING") == std::string::npos);
}

TEST_CASE("Its structure has headings, paragraphs, lists and described figures, no ornament") {
  Tree tree(render(personal_sheet()));
  CHECK(tree.types.front() == "/Document");
  CHECK(tree.has("/H1"));
  CHECK(tree.has("/H2"));
  CHECK(tree.has("/P"));
  CHECK(tree.has("/LBody"));
  CHECK_FALSE(tree.has("/Private"));
  CHECK(
      tree.has("/Figure Drawing of two spine bones with a nerve squeezed where it leaves "
               "between them."));
  CHECK(
      tree.has("/Figure Close-up of a healthy nerve leaving the spine through the gap beside "
               "the joints."));
  CHECK(
      tree.has("/Figure Drawing of your spine from behind, with these joints marked. "
               "1, Tennis elbow: C5-C6 and C6-C7. 2, Low back pain: L1-L2 to L5-S1. "
               "Felt by your physiotherapist: L4-L5 left, very stiff, sore when pressed; "
               "T6-T7 middle, a little stiff."));
}

TEST_CASE("It has what Cairo leaves out: language, shown title, metadata, font maps, tab order") {
  Tree tree(render(personal_sheet()));
  auto root = tree.pdf.getRoot();
  CHECK(root.getKey("/Lang").getUTF8Value() == "en-GB");
  CHECK(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
  CHECK(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
  CHECK(root.getKey("/Metadata").isStream());
  for (auto& page : QPDFPageDocumentHelper(tree.pdf).getAllPages())
    CHECK(page.getObjectHandle().getKey("/Tabs").isNameAndEquals("/S"));
  int fonts = 0;
  for (auto& object : tree.pdf.getAllObjects()) {
    if (!object.isDictionary() || !object.getKey("/Subtype").isNameAndEquals("/CIDFontType2"))
      continue;
    ++fonts;
    CHECK(object.hasKey("/CIDToGIDMap"));
  }
  CHECK(fonts >= 1);
}

TEST_CASE("All of its words can be read out") {
  const auto text = ask("pdftotext @ -", render(personal_sheet()));
  for (const auto* words :
       {"Riverside Physiotherapy",
        "Ann Example",
        "22 November 2026",
        "Page 1 of 2",
        "Page 2 of 2",
        "019ab3f2-7c41-7d02-9a35-5be1c0a7f3d9",
        "Tennis elbow, right: 6 out of 10",
        "from neck joints C5-C6 and C6-C7",
        "Low back pain, both sides: 4 out of 10",
        "L1-L2 to L5-S1",
        "7 out of 10. Idea 3",
        "Go to A&E or call 999 now if:",
        "you are newly numb between your legs",
        "Call your GP or 111 today if:",
        "See your GP in a few days if:",
        "Chongsu Lee says:",
        "Some experts do not agree",
        "Kendall et al., Muscles: Testing and Function with Posture and Pain, 5th ed., 2005",
        "Moore and Dalley, Clinically Oriented Anatomy, 5th ed., 2006",
        "\"Orcan\", Joints and ligaments of the vertebral column, 2022",
        "Adstrum et al., Defining the fascial system, J Bodyw Mov Ther 21(1), 2017, 173-177",
        "This sheet is for information only."}) {
    CAPTURE(words);
    CHECK(text.find(words) != std::string::npos);
  }
}

TEST_CASE("The same model gives the same bytes, from any thread") {
  const auto model = build_handout(personal_sheet());
  REQUIRE(model);
  const auto first = render_pdf(*model);
  REQUIRE(first);
  std::vector<int> same(4, 0);
  std::vector<std::thread> threads;
  for (auto& count : same)
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) {
        const auto pdf = render_pdf(*model);
        if (pdf && *pdf == *first) ++count;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(same == std::vector<int>(4, 5));
}

TEST_CASE("No symptom, many symptoms and long names print with the urgent box on page 1") {
  auto input = personal_sheet();
  SECTION("a general sheet") {
    input = general_sheet();
  }
  SECTION("no symptom") {
    input.symptoms.clear(), input.joints.clear(), input.stress.reset();
  }
  SECTION("12 symptoms") {
    input.symptoms.insert(input.symptoms.end(), 10, low_back_pain());
  }
  SECTION("45 symptoms") {
    input.symptoms.insert(input.symptoms.end(), 43, tennis_elbow());
  }
  SECTION("200 characters without a blank") {
    input.patient = input.clinic = input.given_by = std::string(200, 'W');
  }
  SECTION("mixed scripts") {
    input.patient = "Ann 안나 آن Ąćż";
  }
  const auto pdf = render(input);
  int status = -1;
  ask("qpdf --check @", pdf, &status);
  CHECK(status == 0);
  const auto first_page = ask("pdftotext -l 1 @ -", pdf);
  CHECK(first_page.find("Go to A&E or call 999 now if:") != std::string::npos);
  CHECK(first_page.find("See your GP in a few days if:") != std::string::npos);
  const auto text = ask("pdftotext @ -", pdf);
  CHECK(text.find("This sheet is for information only.") != std::string::npos);
  for (const auto& symptom : input.symptoms) CHECK(text.find(symptom.plain_name) != text.npos);
  CHECK_FALSE(Tree(pdf).has("/Private"));
}

TEST_CASE("Words stand out from their ground") {
  using namespace colors;
  const std::vector<std::pair<Color, Color>> pairs{{ink, white},         {quiet, white},
                                                   {brand, white},       {white, brand},
                                                   {white, mark},        {ink, mist},
                                                   {brand, mist},        {urgent, urgent_ground},
                                                   {ink, urgent_ground}, {caution, caution_ground},
                                                   {ink, caution_ground}};
  for (const auto& [words, ground] : pairs) CHECK(contrast(words, ground) >= 4.5);
}
