// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/logo.h"

#include <glib.h>

#include <catch2/catch.hpp>
#include <thread>

#include "canvas.h"
#include "logos.h"

using namespace facet;
using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

int occurrences(const std::string& text, const std::string& part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string refusal(const std::string& bytes) {
  const auto logo = Logo::read(bytes);
  if (logo) return "taken";
  CHECK(logo.error().field == "logo");
  return logo.error().message;
}

std::string base64(const std::string& bytes) {
  const std::unique_ptr<char, void (*)(void*)> text(
      g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size()), g_free);
  return text.get();
}

std::string many_times(int times, const std::string& part) {
  std::string all;
  for (; times > 0; --times) all += part;
  return all;
}

bool coloured(const Color& color) {
  return !near(color, {1, 1, 1});
}

}  // namespace

TEST_CASE("Logos as drawing programs write them are taken", "[logo]") {
  const std::vector<double> aspects{3, 3, 3, 3, 3, 4.0 / 3};
  const auto logos = good_logos();
  for (std::size_t i = 0; i < logos.size(); ++i) {
    CAPTURE(i);
    const auto logo = Logo::read(logos[i]);
    if (!logo) FAIL_CHECK(logo.error().message);
    REQUIRE(logo);
    CHECK(logo->aspect() == Approx(aspects[i]));
    CHECK(printed(*logo).starts_with("%PDF"));
  }
}

TEST_CASE("A logo is drawn as large as fits, in the middle of its box", "[logo]") {
  const std::string square = R"(<rect width="50" height="50" fill="#a00"/>)";
  for (const auto* size : {R"(viewBox="0 0 50 50")", R"(width="50" height="50")",
                           R"(width="1in" height="1in" viewBox="0 0 50 50")"}) {
    CAPTURE(size);
    const auto logo = Logo::read(svg(square, size));
    REQUIRE(logo);
    Canvas canvas(120, 60);
    logo->draw(canvas.cairo(), {10, 10, 100, 40});
    CHECK(canvas.count(0, 0, 120, 60, coloured) == 40 * 40 * 4);
    CHECK(canvas.count(40, 10, 80, 50, coloured) == 40 * 40 * 4);
  }
  const auto picture = Logo::read(png(2000, 1000, true));
  REQUIRE(picture);
  Canvas canvas(120, 60);
  picture->draw(canvas.cairo(), {10, 10, 100, 40});
  CHECK(canvas.count(0, 0, 120, 60, coloured) == Approx(80 * 40 * 4).margin(500));
  CHECK(canvas.count(0, 0, 19, 60, coloured) + canvas.count(101, 0, 120, 60, coloured) == 0);
}

TEST_CASE("An SVG logo stays vectors, a PNG is embedded once in a document", "[logo]") {
  const auto vectors = Logo::read(good_logos()[1]);
  REQUIRE(vectors);
  CHECK(occurrences(printed(*vectors), "/Subtype /Image") == 0);
  const auto opaque = Logo::read(png(300, 100, true));
  REQUIRE(opaque);
  CHECK(occurrences(printed(*opaque), "/Subtype /Image") == 1);
  const auto clear = Logo::read(png(300, 100));
  REQUIRE(clear);
  CHECK(occurrences(printed(*clear), "/Subtype /Image") == 2);  // the picture and its mask
}

TEST_CASE("An SVG that does more than draw is refused with the reason", "[logo]") {
  const std::string in_place = R"(<image width="9" height="9" href="data:image/png;base64,)";
  std::string nested = svg(R"(<g id="u0"><path d="M0 0h1"/></g>)");
  for (int i = 1; i < 8; ++i) {
    std::string uses;
    for (int k = 0; k < 10; ++k) uses += "<use href=\"#u" + std::to_string(i - 1) + "\"/>";
    nested.insert(nested.size() - 6, "<g id=\"u" + std::to_string(i) + "\">" + uses + "</g>");
  }
  std::string many;
  for (int i = 0; i < 6000; ++i) many += "<g/>";
  const std::vector<std::pair<std::string, std::string>> hostile{
      {svg("<script>alert(1)</script>"), "<script>"},
      {svg(R"(<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>)"), "<script>"},
      {svg(R"(<rect onclick="x=1" width="9" height="9"/>)"), "event handler"},
      {svg("", R"(viewBox="0 0 9 9" ONLOAD="x=1")"), "event handler"},
      {svg("<text>Clinic</text>"), "has text"},
      {"<?xml version='1.0' encoding='UTF-7'?>" + svg(""), "not in UTF-8"},
      {"<?xml version='1.0' encoding='latin1'?>" + svg("<title>\xe9</title>"), "not in UTF-8"},
      {svg("<foreignObject/>"), "<foreignObject>"},
      {svg(R"(<rect><animate attributeName="x" to="9"/></rect>)"), "<animate>"},
      {svg(R"(<set attributeName="x" to="9"/>)"), "<set>"},
      {svg(R"(<use href="http://example.org/a.svg#b"/>)"), "outside"},
      {svg(R"(<use xlink:href="other.svg#b"/>)"), "outside"},
      {svg(R"(<image href="file:///etc/passwd" width="9" height="9"/>)"), "outside"},
      {svg(R"(<image href="data:image/svg+xml;base64,AAAA" width="9" height="9"/>)"), "outside"},
      {svg(R"(<image href="data:image/jpeg;base64,AAAA" width="9" height="9"/>)"), "outside"},
      {svg(in_place + "iVBORw0KGgoAAAANSUhEUg==\"/>"), "broken"},
      {svg(in_place + "iVBORw0KGg%6FAAAANSUhEUg==\"/>"), "not in base64"},
      {svg(in_place + base64(png(2500, 2000)) + "\"/>"), "too large"},
      {svg(many_times(12, in_place + base64(png(600, 600)) + "\"/>")), "too large"},
      {svg(in_place + base64(png(1500, 1500)) + "\" id='i'/>" + many_times(10, "<use href='#i'/>")),
       "too often"},
      {svg("<rect fill='url(http://example.org/#a)' width='9' height='9'/>"), "outside"},
      {svg("<rect style='fill:URL( \"http://example.org/\" )'/>"), "outside"},
      {svg("<rect style='fill:u\\72l(http://example.org/)'/>"), "backslash"},
      {svg("<style>@import url(#a);</style>"), "@ rule"},
      {svg("<style>@import 'http://example.org/a.css';</style>"), "@ rule"},
      {svg("<style><![CDATA[a{fill:url(http://example.org/)}]]></style>"), "outside"},
      {svg(R"(<filter id="f"/>)"), "\"filter\""},
      {svg(R"(<g xml:base="http://example.org/"/>)"), "xml:base"},
      {R"(<?xml-stylesheet href="http://example.org/a.css"?>)" + svg(""), "processing"},
      {"<!DOCTYPE svg [<!ENTITY a \"b\">]>" + svg("<text>&a;</text>"), "DOCTYPE"},
      {R"(<!DOCTYPE svg SYSTEM "http://example.org/svg.dtd">)" + svg(""), "DOCTYPE"},
      {svg("<g>"), "well-formed"},
      {"<html><body/></html>", "is no SVG"},
      {R"(<svg viewBox="0 0 9 9"/>)", "is no SVG"},
      {svg("", ""), "width and a height"},
      {svg("", R"(width="100%" height="100%")"), "width and a height"},
      {svg("", R"(viewBox="0 0 0 9")"), "width and a height"},
      {svg("", R"(viewBox="0 0 1e30 1e30")"), "width and a height"},
      {svg("", R"(width="30000" height="30000")"), "width and a height"},
      {svg("", R"(viewBox="0 0 900 9")"), "width and a height"},
      {svg("<path d='M0 0h9v9z' transform='scale(1e9)'/>"), "far beyond"},
      {nested, "too often"},
      {svg(R"(<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>)"), "back to itself"},
      {svg(many), "more than 5000"},
      {svg("<style>*{mask:url(#m)}</style><mask id='m'/>"), "only gradients"},
      {svg(std::string(600'000, ' ')), "512 KB"},
      {"", "no SVG or PNG"},
      {"\x1f\x8b\x08 gzip", "no SVG or PNG"}};
  for (const auto& [bytes, reason] : hostile) {
    CAPTURE(bytes.substr(0, 300), reason);
    CHECK(refusal(bytes).find(reason) != std::string::npos);
  }
}

TEST_CASE("A PNG that is cut off, broken or huge is refused", "[logo]") {
  const auto whole = png(120, 40);
  for (std::size_t size = 1; size < whole.size(); size += 13) {
    CAPTURE(size);
    CHECK_FALSE(Logo::read(whole.substr(0, size)));
  }
  auto spoilt = whole;
  spoilt[whole.find("IDAT") + 6] ^= 1;
  CHECK(refusal(spoilt).find("broken") != std::string::npos);
  CHECK(refusal(png(4001, 300)).find("4000 pixels") != std::string::npos);
  CHECK(refusal(png(4000, 100)).find("20 times") != std::string::npos);
  CHECK(refusal(png(4000, 300)) == "taken");
}

TEST_CASE("A logo drawn by several threads at once gives the same bytes", "[logo]") {
  for (const auto& bytes : good_logos()) {
    const auto logo = Logo::read(bytes);
    REQUIRE(logo);
    const auto first = printed(*logo);
    std::vector<int> same(4, 0);
    std::vector<std::thread> threads;
    for (auto& count : same)
      threads.emplace_back([&] {
        for (int i = 0; i < 5; ++i) count += printed(*logo) == first ? 1 : 0;
      });
    for (auto& thread : threads) thread.join();
    CHECK(same == std::vector<int>(4, 5));
  }
}
