// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <functional>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "handouts/print/paper_form.h"
#include "sample.h"
#include "ua_check.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

using Object = QPDFObjectHandle;

std::string printed(const HandoutInput& input, const PrintFormat& format = {}) {
  const auto model = build_handout(input);
  REQUIRE(model);
  auto pdf = render_pdf(*model, format);
  REQUIRE(pdf);
  return *pdf;
}

HandoutInput in(HandoutInput input, const std::string& language) {
  input.language = language;
  return input;
}

std::string without_isolates(std::string text) {
  for (const std::string mark : {"\u2066", "\u2067", "\u2069"})
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark))
      text.erase(at, mark.size());
  return text;
}

const std::vector<std::string> languages{"en-GB", "ko", "pl", "ar"};

const std::vector<PrintFormat> formats{{},
                                       {Paper::letter, TextSize::standard, Sides::two, false},
                                       {Paper::a4, TextSize::large, Sides::one, false},
                                       {Paper::letter, TextSize::large, Sides::two, false},
                                       {Paper::a4, TextSize::standard, Sides::two, true},
                                       {Paper::letter, TextSize::standard, Sides::two, true}};

/// The first element of a type in the tree.
Object first(Object element, const std::string& type) {
  if (element.isArray()) {
    for (auto& kid : element.getArrayAsVector())
      if (auto found = first(kid, type); !found.isNull()) return found;
  } else if (element.isDictionary()) {
    if (element.getKey("/S").isNameAndEquals("/" + type)) return element;
    return first(element.getKey("/K"), type);
  }
  return Object::newNull();
}

/// A good document after one deed.
std::string spoiled(const std::string& pdf, const std::function<void(QPDF&, Object)>& deed) {
  QPDF file;
  file.processMemoryFile("good", pdf.data(), pdf.size());
  deed(file, file.getRoot());
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

Object tree(Object root) {
  return root.getKey("/StructTreeRoot");
}

void edit_page(QPDF& pdf, const std::string& from, const std::string& to) {
  auto content = QPDFPageDocumentHelper(pdf).getAllPages()[0].getObjectHandle().getKey("/Contents");
  const auto data = content.getStreamData(qpdf_dl_all);
  std::string text(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  text.replace(text.find(from), from.size(), to);
  content.replaceStreamData(text, Object::newNull(), Object::newNull());
}

}  // namespace

TEST_CASE("Every handout holds to the checklist of PDF/UA-1", "[ua]") {
  auto input = personal_sheet();
  SECTION("personal") {}
  SECTION("general") {
    input = general_sheet();
  }
  SECTION("45 symptoms") {
    input.symptoms.insert(input.symptoms.end(), 43, tennis_elbow());
  }
  SECTION("long words that break over lines") {
    input.patient = input.clinic = input.given_by = std::string(200, 'W');
  }
  SECTION("mixed scripts") {
    input.patient = "Ann 안나 آن Ąćż";
  }
  const auto report = check_ua(printed(input));
  CHECK(report.told() == "");
  for (const auto& symptom : input.symptoms)
    CHECK(report.spoken().find(symptom.plain_name) != std::string::npos);
}

TEST_CASE("So it does in every format and language", "[ua]") {
  for (const auto& language : languages)
    for (std::size_t i = 0; i < formats.size(); ++i)
      for (const auto& input : {personal_sheet(), general_sheet()}) {
        CAPTURE(language, i, input.document_id);
        const auto report = check_ua(printed(in(input, language), formats[i]), formats[i].booklet);
        CHECK(report.told() == "");
      }
}

TEST_CASE("So do the forms to fill in by pen", "[ua]") {
  FormInput input;
  input.clinic = "Riverside Physiotherapy";
  input.symptoms = {"tennis_elbow", "low_back_pain"};
  input.printed_on = day(2026, 11, 22);
  for (const auto which : {PaperForm::body_chart, PaperForm::screening})
    for (const auto& format : formats) {
      if (format.booklet) continue;
      const auto pdf = render_paper_form(which, input, format);
      REQUIRE(pdf);
      CHECK(check_ua(*pdf).told() == "");
    }
}

TEST_CASE("The author's sources are English in every language", "[ua]") {
  for (const auto& language : languages) {
    int sources = 0;
    for (const auto& words : check_ua(printed(in(general_sheet(), language))).texts) {
      CAPTURE(words.text);
      const bool source = words.type == "BibEntry";
      sources += source ? 1 : 0;
      CHECK(words.language == (source ? "en-GB" : language));
    }
    CHECK(sources == 4);
  }
}

TEST_CASE("Arabic is read out in the order in which it was written", "[ua]") {
  auto input = in(personal_sheet(), "ar");
  const auto model = build_handout(input);
  REQUIRE(model);
  const auto wanted = without_isolates(plain(model->made_for));
  const auto spoken = without_isolates(check_ua(printed(input)).spoken());
  CAPTURE(wanted, spoken);
  CHECK(spoken.find(wanted) != std::string::npos);
}

TEST_CASE("The checker finds what is spoiled in a good document", "[ua]") {
  const auto good = printed(personal_sheet());
  const std::vector<std::pair<std::string, std::function<void(QPDF&, Object)>>> deeds{
      {"7.2-34", [](QPDF&, Object root) { root.removeKey("/Lang"); }},
      {"7.1-10", [](QPDF&, Object root) { root.removeKey("/ViewerPreferences"); }},
      {"6.2-1", [](QPDF&, Object root) { root.removeKey("/MarkInfo"); }},
      {"7.1-8", [](QPDF&, Object root) { root.removeKey("/Metadata"); }},
      {"7.1-11", [](QPDF&, Object root) { root.removeKey("/StructTreeRoot"); }},
      {"7.1-12", [](QPDF&, Object root) { tree(root).removeKey("/ParentTree"); }},
      {"7.3-1", [](QPDF&, Object root) { first(tree(root), "Figure").removeKey("/Alt"); }},
      {"7.3-2", [](QPDF&, Object root) { first(tree(root), "Figure").removeKey("/A"); }},
      {"7.6", [](QPDF&, Object root) { first(tree(root), "L").removeKey("/A"); }},
      {"7.4.2-1",
       [](QPDF&, Object root) {
         first(tree(root), "H2").replaceKey("/S", Object::newName("/H3"));
       }},
      {"7.2-17",
       [](QPDF&, Object root) { first(tree(root), "L").replaceKey("/S", Object::newName("/P")); }},
      {"7.1-12 Document/P does not know its parent",
       [](QPDF&, Object root) {
         first(tree(root), "P").replaceKey("/P", first(tree(root), "H1"));
       }},
      {"7.1 the tree does not follow",
       [](QPDF&, Object root) {
         auto kids = first(tree(root), "Document").getKey("/K");
         auto moved = kids.getArrayItem(0);
         kids.eraseItem(0);
         kids.appendItem(moved);
       }},
      {"7.1-3", [](QPDF& pdf, Object) { edit_page(pdf, "/Artifact BMC", "/Nothing BMC"); }},
      {"7.1-3", [](QPDF& pdf, Object) { edit_page(pdf, "/H1 << /MCID", "/H1 << /Lost"); }},
      {"7.1-1",
       [](QPDF& pdf, Object) {
         edit_page(pdf, "EMC", "EMC /P << /MCID 1 >> BDC /Artifact BMC EMC EMC");
       }},
      {"7.18.3-1",
       [](QPDF& pdf, Object) {
         QPDFPageDocumentHelper(pdf).getAllPages()[0].getObjectHandle().removeKey("/Tabs");
       }},
      {"7.21.7-1",
       [](QPDF& pdf, Object) {
         for (auto& object : pdf.getAllObjects())
           if (object.isDictionary()) object.removeKey("/ToUnicode");
       }},
      {"7.21.4.1-1", [](QPDF& pdf, Object) {
         for (auto& object : pdf.getAllObjects())
           if (object.isDictionary()) object.removeKey("/FontFile2");
       }}};
  REQUIRE(check_ua(spoiled(good, [](QPDF&, Object) {})).told() == check_ua(good).told());
  for (const auto& [rule, deed] : deeds) {
    const auto told = check_ua(spoiled(good, deed)).told();
    CAPTURE(rule, told);
    CHECK(("\n" + told).find("\n" + rule) != std::string::npos);
  }
}
