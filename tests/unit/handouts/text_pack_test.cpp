// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sample.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

std::vector<TextSource> english() {
  std::vector<TextSource> sources;
  for (const auto& entry : std::filesystem::directory_iterator(HANDOUT_TEXTS "/en-GB")) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    sources.push_back({entry.path().filename().string(), text.str()});
  }
  return sources;
}

/// What the pack says when one of its files has this text.
std::string refusal(const std::string& name, const std::string& text) {
  auto sources = english();
  for (auto& source : sources)
    if (source.name == name) source.text = text;
  const auto pack = TextPack::parse("en-GB", sources);
  return pack ? "" : pack.error().message;
}

}  // namespace

TEST_CASE("The texts of the tree are a complete pack") {
  CHECK(TextPack::parse("en-GB", english()));
  CHECK(built_in_texts("en-GB"));
}

TEST_CASE("A broken text is refused with file and line") {
  CHECK(refusal("about.md", "# About\n\nWe are\nhere at {clinc}.") ==
        "about.md:4: unknown placeholder {clinc}.");
  CHECK(refusal("about.md", "# About\n\nOpen { brace.") ==
        "about.md:3: a brace that is not part of a {placeholder}.");
  CHECK(refusal("about.md", "# About\n\nSee [us](http://x).") ==
        "about.md:3: print cannot show a link.");
  CHECK(refusal("about.md", "# About\n\nText.\n\n<b>x</b>\n") ==
        "about.md:5: print cannot show a html_inline.");
  CHECK(refusal("about.md", "Text without heading.") == "about.md:1: needs a heading.");
  CHECK(refusal("about.md", "# About\n\nText.\n\n## More\n") ==
        "about.md:5: only one heading, at the top, with one #.");
  CHECK(refusal("secret-2.md", "# Idea\n\nOne.\n") ==
        "secret-2.md:1: has 1 paragraphs or items; needs 5 to 5.");
  CHECK(refusal("labels.md", "- `title`: Pain\n- title: Pain\n") ==
        "labels.md:2: must read `key`: words.");
  CHECK(refusal("labels.md", "- `title`: Pain {x}\n").find("labels.md:1") == 0);
  CHECK(refusal("nerves.md", "- `radial`: a\n- `radial`: b\n") ==
        "nerves.md:2: `radial` is there twice.");
  CHECK(refusal("bed.md", "# Bed\n\nBad \xff byte\n") == "bed.md:3: is not plain UTF-8 text.");
}

TEST_CASE("A missing text is refused by name") {
  auto sources = english();
  std::erase_if(sources, [](const auto& source) { return source.name == "urgent.md"; });
  const auto pack = TextPack::parse("en-GB", sources);
  REQUIRE_FALSE(pack);
  CHECK(pack.error().message == "urgent.md:1: is missing.");
}

TEST_CASE("A placeholder without a value is refused with file and line") {
  const Template words{"about.md", {{"Hello ", "", false, 7}, {"", "clinic", false, 8}}};
  const auto filled = fill(words, {});
  REQUIRE_FALSE(filled);
  CHECK(filled.error().message == "about.md:8: placeholder {clinic} has no value.");
  CHECK(plain(*fill(words, {{"clinic", "us"}})) == "Hello us");
}

TEST_CASE("Any bytes as a text give a pack or a refusal") {
  unsigned state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text = "# A\n\n";
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525u + 1013904223u;
      text += "{}`*[]()<>#-\n ab1_:&!\\\x01\xc3\xa9"[(state >> 16) % 25];
    }
    const auto message = refusal("about.md", text);
    CHECK((message.empty() || message.starts_with("about.md:")));
  }
}
