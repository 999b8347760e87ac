// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>

#include "handouts/html/handout_html.h"
#include "sample.h"
#include "ua_check.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

HandoutModel model_of(const HandoutInput& input) {
  auto model = build_handout(input);
  REQUIRE(model);
  return *model;
}

std::string page_of(const HandoutInput& input) {
  auto page = render_html(model_of(input), Brand{});
  REQUIRE(page);
  return *page;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string unescaped(std::string text) {
  for (const auto& [code, character] :
       std::vector<std::pair<std::string, std::string>>{{"&lt;", "<"},
                                                        {"&gt;", ">"},
                                                        {"&quot;", "\""},
                                                        {"&apos;", "'"},
                                                        {"&#39;", "'"},
                                                        {"&amp;", "&"}})
    for (auto at = text.find(code); at != text.npos; at = text.find(code, at + 1))
      text.replace(at, code.size(), character);
  return text;
}

/// Every element is closed in order, as a browser must see it; the elements' names as they open.
std::vector<std::string> elements(const std::string& page) {
  static const std::regex tag("<(/?)([a-zA-Z][a-zA-Z0-9]*)");
  static const std::set<std::string> empty{"meta", "link", "br", "img"};
  std::vector<std::string> names, open;
  for (std::sregex_iterator at(page.begin(), page.end(), tag), end; at != end; ++at) {
    const auto name = (*at)[2].str();
    const auto close = page.find('>', static_cast<std::size_t>(at->position()));
    REQUIRE(close != page.npos);
    if ((*at)[1].length() == 0) {
      names.push_back(name);
      if (!empty.count(name) && page[close - 1] != '/') open.push_back(name);
    } else {
      CAPTURE(name, at->position());
      REQUIRE_FALSE(open.empty());
      REQUIRE(open.back() == name);
      open.pop_back();
    }
  }
  CHECK(open.empty());
  return names;
}

/// What is read out, in order: words, and the labels of pictures in their place.
std::string spoken(const std::string& page) {
  std::string words;
  const auto end = page.find("<footer");
  for (auto at = page.find("<body>"); at < end;) {
    if (page[at] != '<') {
      words += page[at++];
      continue;
    }
    const auto close = page.find('>', at);
    const auto tag = page.substr(at, close - at);
    const auto label = tag.find("aria-label=\"");
    if (label != tag.npos) words += tag.substr(label + 12, tag.find('"', label + 12) - label - 12);
    at = tag.starts_with("<svg") ? page.find("</svg>", at) + 6 : close + 1;
  }
  return unescaped(words);
}

/// Letters and digits only: blanks, bullets and the marks of direction are a matter of layout.
std::string letters(const std::string& text) {
  std::string kept;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > 0x7f || std::isalnum(static_cast<unsigned char>(c)))
      kept += c;
  for (const std::string mark : {"•", "\u2066", "\u2067", "\u2069"})
    for (auto at = kept.find(mark); at != kept.npos; at = kept.find(mark))
      kept.erase(at, mark.size());
  return kept;
}

/// Where two texts part; empty if nowhere.
std::string difference(const std::string& a, const std::string& b) {
  const auto parted = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (parted.first == a.end() && parted.second == b.end()) return "";
  const auto from = static_cast<std::size_t>(std::max<long>(0, parted.first - a.begin() - 20));
  return a.substr(from, 60) + " / " + b.substr(from, 60);
}

}  // namespace

TEST_CASE("The page is HTML in its language with a title and one main part", "[html]") {
  const auto page = page_of(personal_sheet());
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\" dir=\"ltr\">"));
  CHECK(page.find("<title>Four ideas about pain</title>") != page.npos);
  const auto names = elements(page);
  for (const auto* once : {"html", "head", "body", "main", "h1", "title", "header", "footer"})
    CHECK(std::count(names.begin(), names.end(), once) == 1);
  CHECK(std::count(names.begin(), names.end(), "h3") == 0);
}

TEST_CASE("It says what the PDF says, in the same order", "[html]") {
  auto input = personal_sheet();
  SECTION("personal") {}
  SECTION("general") {
    input = general_sheet();
  }
  SECTION("three symptoms more") {
    input.symptoms.insert(input.symptoms.end(), 3, tennis_elbow());
  }
  const auto pdf = render_pdf(model_of(input));
  REQUIRE(pdf);
  CHECK(difference(letters(spoken(page_of(input))), letters(check_ua(*pdf).spoken())) == "");
}

TEST_CASE("It needs nothing from elsewhere and runs nothing", "[html]") {
  const auto page = page_of(personal_sheet());
  for (const auto* word : {"<script", "javascript:", " src=", "@import", "<link", "<iframe",
                           "<object", " onload", " onclick", "<form"}) {
    CAPTURE(word);
    CHECK(page.find(word) == page.npos);
  }
  static const std::regex address("(href|url)[=(]\"?(?!\"?#)");
  CHECK_FALSE(std::regex_search(page, address));
}

TEST_CASE("Pictures can be named, and no two things have one name", "[html]") {
  const auto page = page_of(personal_sheet());
  CHECK(count(page, "<svg") ==
        count(page, "role=\"img\" aria-label=\"") + count(page, "<svg class=\"sign\""));
  CHECK(count(page, "<?xml") == 0);
  static const std::regex id(" id=\"([^\"]+)\"");
  std::set<std::string> ids;
  for (std::sregex_iterator at(page.begin(), page.end(), id), end; at != end; ++at)
    CHECK(ids.insert((*at)[1].str()).second);
  static const std::regex use("(href=\"|url\\()#([^\")]+)");
  for (std::sregex_iterator at(page.begin(), page.end(), use), end; at != end; ++at)
    CHECK(ids.count((*at)[2].str()) == 1);
}

TEST_CASE("A table has heads of columns, and a source says that it is English", "[html]") {
  const auto page = page_of(personal_sheet());
  CHECK(count(page, "<th scope=\"col\">") == 3);
  CHECK(count(page, "<cite lang=\"en-GB\" dir=\"ltr\">") == 4);
}

TEST_CASE("Names cannot become marks", "[html]") {
  auto input = personal_sheet();
  input.patient = "<script>alert(1)</script>&\"'";
  input.clinic = "</style><b>\" } body { x";
  input.symptoms[0].plain_name = "</title><img src=x onerror=y>";
  const auto page = page_of(input);
  elements(page);
  CHECK(page.find("<script") == page.npos);
  CHECK(page.find("<img") == page.npos);
  CHECK(page.find("<b>") == page.npos);
  CHECK(count(page, "</style>") == 1);
  CHECK(spoken(page).find("<script>alert(1)</script>&\"'") != std::string::npos);
}

TEST_CASE("The clinic's colour is on the page", "[html]") {
  Brand brand;
  brand.color = Color{0.25, 0, 0.5};
  const auto page = render_html(model_of(general_sheet()), brand);
  REQUIRE(page);
  CHECK(page->find("#400080") != std::string::npos);
}
