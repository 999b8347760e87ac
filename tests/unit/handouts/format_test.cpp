// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <map>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <regex>
#include <thread>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/logo.h"
#include "logos.h"
#include "poppler.h"
#include "sample.h"
#include "texts.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

std::string print(const HandoutInput& input, const PrintFormat& format = {},
                  const Brand& brand = {}) {
  const auto model = build_handout(input);
  REQUIRE(model);
  auto pdf = render_pdf(*model, format, brand);
  INFO((pdf ? "" : pdf.error().message));
  REQUIRE(pdf);
  return *pdf;
}

/// A document, read as its objects are asked for.
struct Document {
  explicit Document(std::string pdf) : bytes(std::move(pdf)) {
    document.processMemoryFile("test", bytes.data(), bytes.size());
  }
  std::vector<std::pair<int, int>> page_sizes() {
    std::vector<std::pair<int, int>> sizes;
    for (auto& page : QPDFPageDocumentHelper(document).getAllPages()) {
      const auto box = page.getMediaBox().getArrayAsRectangle();
      sizes.emplace_back(static_cast<int>(box.urx), static_cast<int>(box.ury));
    }
    return sizes;
  }
  std::string wish(const std::string& key) {
    auto value = document.getRoot().getKey("/ViewerPreferences").getKey(key);
    return value.isName() ? value.getName() : "";
  }
  std::string bytes;
  QPDF document;
};

/// The smallest size of words, in points, as poppler reads them: numbers apart, and what stands in
/// the margins of a page of this height.
int smallest_words(const std::string& pdf, int page_height) {
  const auto listed = ask("pdftohtml -xml -i -stdout -zoom 1 @", pdf);
  std::map<std::string, int> sizes;
  const std::regex font("<fontspec id=\"([0-9]+)\" size=\"([0-9]+)\"");
  for (std::sregex_iterator at(listed.begin(), listed.end(), font), end; at != end; ++at)
    sizes[(*at)[1]] = std::stoi((*at)[2]);
  int smallest = 1000;
  const std::regex text("<text top=\"([0-9]+)\"[^>]* font=\"([0-9]+)\">([^/]*)</");
  for (std::sregex_iterator at(listed.begin(), listed.end(), text), end; at != end; ++at) {
    const int top = std::stoi((*at)[1]);
    const auto words = std::regex_replace((*at)[3].str(), std::regex("<[^>]*>?"), "");
    const bool letters = std::any_of(words.begin(), words.end(),
                                     [](unsigned char c) { return std::isalpha(c) != 0; });
    if (letters && top > 40 && top < page_height - 60)
      smallest = std::min(smallest, sizes[(*at)[2]]);
  }
  return smallest;
}

HandoutInput in(const std::string& language) {
  auto input = personal_sheet();
  input.language = language;
  return input;
}

bool says(const std::string& pdf, const std::string& words) {
  return ask("pdftotext @ -", pdf).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("Pages are A4 or US Letter, a booklet's sheets whole paper on its side", "[format]") {
  for (const auto& [width, height] : Document(print(personal_sheet())).page_sizes()) {
    CHECK(width == 595);
    CHECK(height == 841);
  }
  for (const auto& size : Document(print(personal_sheet(), {Paper::letter})).page_sizes())
    CHECK(size == std::pair{612, 792});
  PrintFormat booklet;
  booklet.booklet = true;
  const auto a4 = Document(print(personal_sheet(), booklet)).page_sizes();
  CHECK(a4.size() % 2 == 0);
  for (const auto& size : a4) CHECK(size == std::pair{841, 595});
  booklet.paper = Paper::letter;
  for (const auto& size : Document(print(personal_sheet(), booklet)).page_sizes())
    CHECK(size == std::pair{792, 612});
}

TEST_CASE("Words are 12 pt or larger, in large print 18 pt, but for the margins", "[format]") {
  CHECK(smallest_words(print(personal_sheet()), 842) == 12);
  CHECK(smallest_words(print(personal_sheet(), {Paper::a4, TextSize::large}), 842) == 18);
  CHECK(smallest_words(print(personal_sheet(), {Paper::letter}), 792) == 12);
}

TEST_CASE("The printer is told on how many sides, and a reader when to turn over", "[format]") {
  const auto two = print(personal_sheet());
  CHECK(Document(two).wish("/Duplex") == "/DuplexFlipLongEdge");
  CHECK(says(two, "Please turn over"));
  const auto one = print(personal_sheet(), {Paper::a4, TextSize::standard, Sides::one});
  CHECK(Document(one).wish("/Duplex") == "/Simplex");
  CHECK_FALSE(says(one, "Please turn over"));
}

TEST_CASE("A booklet's first side holds its last page, left, and its first, right", "[format]") {
  PrintFormat booklet;
  booklet.booklet = true;
  const auto pdf = print(general_sheet(), booklet);
  REQUIRE(Document(pdf).page_sizes().size() == 2);
  const auto half = [&](int side, int x) {
    return ask("pdftotext -f " + std::to_string(side) + " -l " + std::to_string(side) + " -x " +
                   std::to_string(x) + " -y 0 -W 421 -H 596 @ -",
               pdf);
  };
  CHECK(half(1, 0).find("Page 4 of 4") != std::string::npos);
  CHECK(half(1, 421).find("Page 1 of 4") != std::string::npos);
  CHECK(half(2, 0).find("Page 2 of 4") != std::string::npos);
  CHECK(half(2, 421).find("Page 3 of 4") != std::string::npos);
  CHECK(Document(pdf).wish("/Duplex") == "/DuplexFlipShortEdge");
}

TEST_CASE("What was printed before changes no byte", "[format]") {
  std::string first, after_general;
  std::thread([&] { first = print(personal_sheet()); }).join();
  std::thread([&] {
    print(general_sheet());
    after_general = print(personal_sheet());
  }).join();
  CHECK(first == after_general);
}

TEST_CASE("A booklet in large print is refused", "[format]") {
  const auto model = build_handout(personal_sheet());
  REQUIRE(model);
  const auto pdf = render_pdf(*model, {Paper::a4, TextSize::large, Sides::two, true});
  REQUIRE_FALSE(pdf);
  CHECK(pdf.error().field == "booklet");
}

TEST_CASE("The personal sheet has two A4 pages in every language", "[format]") {
  for (const auto* language : {"en-GB", "ko", "pl", "ar"}) {
    CAPTURE(language);
    CHECK(Document(print(in(language))).page_sizes().size() == 2);
  }
}

TEST_CASE("A draft says so, and approved words say by whom and when", "[format]") {
  CHECK(says(print(personal_sheet()), "Draft: not yet signed off"));
  auto sources = sources_of("en-GB");
  auto& pack = text_of(sources, "pack.md");
  pack = with(pack, "`status`: draft", "`status`: approved by Ann Example on 2026-12-01");
  const auto texts = TextPack::parse("en-GB", sources);
  REQUIRE(texts);
  const auto model = build_handout(personal_sheet(), *texts);
  REQUIRE(model);
  const auto pdf = render_pdf(*model);
  REQUIRE(pdf);
  CHECK_FALSE(says(*pdf, "Draft"));
  CHECK(says(*pdf, "approved by Ann Example on 1 December 2026"));
  CHECK(says(*pdf, "Review by"));
}

TEST_CASE("A language that is not there is named on the English sheet", "[format]") {
  const auto texts = built_in_texts("en-GB");
  REQUIRE(texts);
  const auto model = build_handout(personal_sheet(), **texts, "French");
  REQUIRE(model);
  const auto pdf = render_pdf(*model);
  REQUIRE(pdf);
  CHECK(says(*pdf, "This sheet is not there in French yet."));
}

TEST_CASE("The two tracks differ in what the ideas mean for the reader", "[format]") {
  auto input = personal_sheet();
  const auto relief = print(input);
  input.track = Track::prevention;
  const auto prevention = print(input);
  CHECK(says(relief, "For pain that has lasted"));
  CHECK(says(prevention, "To help keep pain away"));
  CHECK(says(prevention, "Make time for sleep"));
  CHECK_FALSE(says(relief, "Make time for sleep"));
}

TEST_CASE("A clinic's logo stands at the head under its name, in every direction", "[format]") {
  for (const auto& bytes : good_logos()) {
    const auto logo = Logo::read(bytes);
    REQUIRE(logo);
    const Brand brand{Color{0.40, 0.10, 0.30}, std::make_shared<const Logo>(*logo)};
    for (const auto* language : {"en-GB", "ar"}) {
      const auto pdf = print(in(language), {}, brand);
      int status = -1;
      CAPTURE(ask("qpdf --check @", pdf, &status));
      CHECK(status == 0);
      CHECK(pdf != print(in(language)));
      CHECK(pdf == print(in(language), {}, brand));
    }
  }
}

TEST_CASE("A general sheet has no code and nobody's name; a patient's has both", "[format]") {
  const auto figures = [](const std::string& pdf) { return ask("pdfinfo -struct @", pdf); };
  CHECK_FALSE(says(print(general_sheet()), "Ann Example"));
  CHECK(figures(print(general_sheet())).find("Square code") == std::string::npos);
  CHECK(figures(print(personal_sheet())).find("Square code") != std::string::npos);
}
