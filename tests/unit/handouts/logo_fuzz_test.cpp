// SPDX-License-Identifier: MPL-2.0
// Any bytes as a logo give a drawing or a refusal with its reason. A longer campaign:
// FACET_FUZZ_SECONDS=600 build/asan/bin/unit_handouts "Any mutation of a logo*"
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <random>

#include "logos.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

constexpr int rounds = 1500;

const std::vector<std::string> pieces{
    "<g>",
    "</g>",
    "<use href=\"#s\"/>",
    "<use href=\"#x\"/>",
    "<g id=\"x\">",
    " id=\"s\"",
    " href=\"#a\"",
    " clip-path=\"url(#c)\"",
    " mask=\"url(#c)\"",
    " fill=\"url(#b)\"",
    " style=\"fill:url(#b)\"",
    " transform=\"scale(1e9)\"",
    " transform=\"matrix(0 0 0 0 0 0)\"",
    " opacity=\".5\"",
    " stroke-width=\"1e30\"",
    " stroke-dasharray=\"1e-9\"",
    " d=\"M0 0A1 1 0 0\"",
    "<mask id=\"c\">",
    "</mask>",
    "<pattern id=\"b\" width=\"1\" height=\"1\">",
    "</pattern>",
    "<text>\xed\x95\x9c</text>",
    "<style>*{clip-path:url(#c)}</style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&#0;",
    "&amp;",
    "&x;",
    "<!DOCTYPE a>",
    "<?a?>",
    "\"",
    "<",
    ">",
    "/",
    "#",
    "1e309",
    "-1",
    "nan",
    "\xff",
    "\xef\xbb\xbf",
    std::string(1, '\0'),
    "IHDR",
    "IDAT",
    "IEND",
    std::string("\0\0\0\x0dIHDR\0\0\x0f\xa0\0\0\x0f\xa0\x08\x06", 18)};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) {
    return end == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  void mutate(std::string& bytes, const std::string& other) {
    const auto at = below(bytes.size() + 1);
    const auto length = std::min(below(60), bytes.size() - at);
    switch (below(7)) {
      case 0:
        bytes.insert(at, pieces[below(pieces.size())]);
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 3:
        bytes.insert(at, other.substr(below(other.size()), below(200)));
        break;
      case 4:
        if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
        break;
      case 5:
        before_a_bracket(bytes, at);
        break;
      default:
        if (at < bytes.size()) bytes[at] = static_cast<char>('0' + below(10));
        break;
    }
  }

 private:
  /// Where elements and attributes are likely to be taken.
  void before_a_bracket(std::string& bytes, std::size_t at) {
    const auto bracket = bytes.find_first_of("<>", at);
    if (bracket != std::string::npos) bytes.insert(bracket, pieces[below(21)]);
  }

  std::mt19937 random_;
};

bool drawn_well(const Logo& logo) try {
  return printed(logo).starts_with("%PDF");
} catch (const std::exception&) {
  return false;
}

}  // namespace

TEST_CASE("Any mutation of a logo gives a drawing or a refusal with its reason", "[logo]") {
  const char* given = std::getenv("FACET_FUZZ_SECONDS");
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(given ? std::atoi(given) : 0);
  const auto logos = good_logos();
  int drawn = 0, refused = 0;
  for (unsigned seed = 1; given ? std::chrono::steady_clock::now() < end : seed <= rounds; ++seed) {
    Mutator mutator(seed);
    auto bytes = logos[mutator.below(logos.size())];
    const auto& other = logos[mutator.below(logos.size())];
    for (auto times = 1 + mutator.below(3); times > 0; --times) mutator.mutate(bytes, other);
    const auto logo = Logo::read(bytes);
    const bool kept = logo ? drawn_well(*logo)
                           : logo.error().field == "logo" && logo.error().message.ends_with('.');
    if (!kept) {
      CAPTURE(seed, bytes);
      FAIL((logo ? "taken, but not drawn" : logo.error().message));
    }
    ++(logo ? drawn : refused);
  }
  CHECK(drawn > 0);
  CHECK(refused > 0);
  if (given) WARN(drawn << " drawn, " << refused << " refused");
}
