// SPDX-License-Identifier: MPL-2.0
// Any bytes as a text give a pack or a refusal with file and line. A longer campaign:
// FACET_FUZZ_SECONDS=600 build/asan/bin/unit_handouts "Any mutation*"
#include <chrono>
#include <cstdlib>
#include <random>

#include "handouts/texts/commonmark.h"
#include "texts.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

#ifdef FACET_SANITIZED
constexpr int rounds = 500;
#else
constexpr int rounds = 1200;
#endif

const std::vector<std::string> pieces{
    "{",          "}",       "{}",    "{clinic}",     "{a b}",        "**",       "*",   "`",
    "`title`: x", "- ",      "# ",    "\n",           "\n\n",         "## x\n",   "> ",  "1. ",
    "[a](b)",     "![a](b)", "<b>",   "<!--",         "&amp;",        "&#0;",     "\\",  "---\n",
    "\t",         "    ",    "\xff",  "\xed\xa0\x80", "\xe2\x80\xae", "\x01",     "한",  "ن",
    "[x]: y",     "|a|b|\n", "~~~\n", "\r\n",         "\xc3",         "{{date}}", "***", "_"};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) {
    return end == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  void mutate(std::string& text, const std::string& other) {
    const auto at = below(text.size() + 1);
    const auto length = std::min(below(40), text.size() - at);
    switch (below(7)) {
      case 0:
        text.insert(at, pieces[below(pieces.size())]);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.insert(at, other.substr(below(other.size()), below(200)));
        break;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 5:
        text.resize(at);
        break;
      default:
        text.insert(at, std::string(below(600), pieces[below(pieces.size())][0]));
        break;
    }
  }

 private:
  std::mt19937 random_;
};

/// Whether the refusal names the file that was changed and a line that it has.
bool names_place(const facet::base::Error& error, const TextSource& changed) {
  const auto start = changed.name + ":";
  if (!error.message.starts_with(start) || !error.message.starts_with(error.field)) return false;
  const int line = std::atoi(error.message.c_str() + start.size());
  return line >= 1 && line <= 1 + std::count(changed.text.begin(), changed.text.end(), '\n');
}

/// Whether every text of a pack can be filled with what it may ask for.
bool fills(const TextPack& pack) {
  const Values values{{"clinic", "c"}, {"date", "d"}, {"document", "n"}, {"given_by", "g"}};
  for (const auto* name :
       {"about.md", "bed.md", "choices.md", "footer.md", "urgent.md", "today.md", "soon.md"})
    for (const auto& block : pack.file(name).blocks)
      if (!fill(block, values)) return false;
  for (int number = 1; number <= 4; ++number)
    for (const auto* key : {"author", "research", "relief", "prevention", "source", "grade"})
      if (!fill(pack.secret(number, key), {})) return false;
  return true;
}

}  // namespace

TEST_CASE("Any mutation of a text gives a pack or a refusal with its file and line", "[texts]") {
  const char* given = std::getenv("FACET_FUZZ_SECONDS");
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(given ? std::atoi(given) : 0);
  std::vector<std::vector<TextSource>> packs;
  for (const auto& language : all_languages) packs.push_back(sources_of(language));
  int accepted = 0, refused = 0;
  for (unsigned seed = 1; given ? std::chrono::steady_clock::now() < end : seed <= rounds; ++seed) {
    Mutator mutator(seed);
    const auto which = mutator.below(packs.size());
    auto sources = packs[which];
    auto& changed = sources[mutator.below(sources.size())];
    const auto& other = packs[mutator.below(packs.size())][mutator.below(sources.size() - 1)].text;
    for (auto times = 1 + mutator.below(3); times > 0; --times) mutator.mutate(changed.text, other);
    const auto pack = TextPack::parse(all_languages[which], sources);
    if (pack ? !fills(*pack) : !names_place(pack.error(), changed)) {
      CAPTURE(seed, changed.name, changed.text);
      FAIL((pack ? "a gap without a value" : pack.error().message));
    }
    ++(pack ? accepted : refused);
  }
  INFO(accepted << " accepted, " << refused << " refused");
  CHECK(accepted > 0);
  CHECK(refused > 0);
  if (given) WARN(accepted << " accepted, " << refused << " refused");
}

TEST_CASE("Any bytes as a text are read or refused", "[texts]") {
  Mutator mutator(1);
  for (int round = 0; round < 5000; ++round) {
    TextSource source{"about.md", mutator.below(2) ? "# A\n\n" : ""};
    for (auto size = mutator.below(60); size > 0; --size)
      source.text += pieces[mutator.below(pieces.size())];
    const auto file = read_commonmark(source.name, source.text);
    if (!file && !names_place(file.error(), source)) {
      CAPTURE(round, source.text);
      FAIL(file.error().message);
    }
  }
}
