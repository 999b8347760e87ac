// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/text_library.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "handouts/texts/language_tag.h"
#include "texts.h"

using namespace facet::handouts;
using namespace facet::handouts::test;
using facet::base::ErrorCode;
namespace fs = std::filesystem;

namespace {

/// A clinic's folder, gone at the end.
class Overlay {
 public:
  Overlay() {
    auto name = (fs::temp_directory_path() / "facet-texts-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    root = name;
  }
  ~Overlay() { fs::remove_all(root); }
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  void put(const std::string& name, const std::string& text) const {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text;
  }
  void put_language(const std::string& from, const std::string& code) const {
    for (const auto& source : sources_of(from)) put(code + "/" + source.name, source.text);
  }

  fs::path root;
};

std::string heading(const TextPack& pack, const std::string& name) {
  return plain(*fill(pack.file(name).heading, {}));
}

std::string refusal(const TextLibrary& library, const std::string& language) {
  const auto texts = library.find(language);
  return texts ? "" : texts.error().message;
}

}  // namespace

TEST_CASE("A reader gets the words of the language asked for", "[texts]") {
  const TextLibrary library(std::nullopt);
  for (const auto& [wanted, code] :
       std::vector<std::pair<std::string, std::string>>{{"en-GB", "en-GB"},
                                                        {"en", "en-GB"},
                                                        {"en-US", "en-GB"},
                                                        {"EN-gb", "en-GB"},
                                                        {"ko", "ko"},
                                                        {"ko-KR", "ko"},
                                                        {"KO-kr", "ko"},
                                                        {"pl-PL", "pl"},
                                                        {"ar", "ar"},
                                                        {"ar-EG", "ar"},
                                                        {"ko-Kore-KR", "ko"}}) {
    CAPTURE(wanted);
    const auto texts = library.find(wanted);
    REQUIRE(texts);
    CHECK(texts->pack->language() == code);
    CHECK_FALSE(texts->missing_language_name);
  }
}

TEST_CASE("A language without texts gets all English words and says which is missing", "[texts]") {
  const TextLibrary library(std::nullopt);
  for (const auto& [wanted, name] : std::vector<std::pair<std::string, std::string>>{
           {"cy", "Welsh"}, {"ur-PK", "Urdu"}, {"zh-Hant", "Chinese"}, {"yi", "yi"}}) {
    CAPTURE(wanted);
    const auto texts = library.find(wanted);
    REQUIRE(texts);
    CHECK(texts->pack->language() == "en-GB");
    CHECK(texts->missing_language_name == name);
  }
}

TEST_CASE("A language that does not exist is refused and those that do are named", "[texts]") {
  const TextLibrary library(std::nullopt);
  for (const std::string wanted :
       {"xx", "qq-GB", "", "e", "english", "en_GB", "en-", "-en", "en--GB", "../ko", "ko/..",
        "ko\n", "12", "en-GB-toolongasubtag", "de-DE-1996-x-0123456789-0123456789"}) {
    CAPTURE(wanted);
    const auto texts = library.find(wanted);
    REQUIRE_FALSE(texts);
    CHECK(texts.error().field == "language");
    CHECK(texts.error().message.ends_with("Handouts are there in ar, en-GB, ko, pl."));
  }
  CHECK(library.find("xx").error().code == ErrorCode::unsupported);
  CHECK(library.find("en_GB").error().code == ErrorCode::invalid);
}

TEST_CASE("A match never crosses from one script to another", "[texts]") {
  CHECK(best_match("zh-Hant", {"zh-Hans"}) == std::nullopt);
  CHECK(best_match("zh-Hant-TW", {"zh-Hans", "zh-Hant"}) == "zh-Hant");
  CHECK(best_match("pt", {"pl", "pt-PT"}) == "pt-PT");
  CHECK(best_match("en", {"en-AU", "en-GB"}) == "en-GB");
  CHECK(best_match("en-AU", {"en-AU", "en-GB"}) == "en-AU");
  CHECK(canonical_tag("ZH-hANT-tw") == "zh-Hant-TW");
}

TEST_CASE("A clinic's own text replaces that text alone", "[texts]") {
  const Overlay overlay;
  overlay.put("en-GB/about.md", "# Who we are\n\n{clinic} is ours.\n");
  const TextLibrary library(overlay.root);
  const auto texts = library.find("en");
  REQUIRE(texts);
  CHECK(heading(*texts->pack, "about.md") == "Who we are");
  CHECK(heading(*texts->pack, "bed.md") == "About the bed");
  CHECK(heading(*library.find("pl")->pack, "about.md") == "O tej ulotce");
}

TEST_CASE("A clinic's folder may bring a language", "[texts]") {
  const Overlay overlay;
  overlay.put_language("pl", "cy");
  overlay.put("cy/pack.md",
              "- `name`: Cymraeg\n- `version`: 1.0\n- `dated`: 2026-11-22\n"
              "- `status`: approved by Nia Rees on 2026-11-23\n- `direction`: ltr\n");
  const TextLibrary library(overlay.root);
  const auto texts = library.find("cy-GB");
  REQUIRE(texts);
  CHECK_FALSE(texts->missing_language_name);
  CHECK(texts->pack->name() == "Cymraeg");
  const auto languages = library.languages();
  REQUIRE(languages.size() == 5);
  CHECK(languages[1].code == "cy");
  CHECK(languages[1].name == "Cymraeg");
  CHECK(languages[1].approval->name == "Nia Rees");
  CHECK(languages[2].code == "en-GB");
  CHECK_FALSE(languages[2].approval);
}

TEST_CASE("A clinic's broken text is refused with its file and line", "[texts]") {
  const Overlay overlay;
  overlay.put("pl/about.md", "# O nas\n\nTo {klinika}.\n");
  overlay.put("cy/about.md", "# Amdanom\n\nTestun.\n");
  overlay.put("notes/about.md", "# Notes\n");
  const TextLibrary library(overlay.root);
  CHECK(refusal(library, "pl") == "pl/about.md:3: unknown placeholder {klinika}.");
  CHECK(library.find("pl").error().field == "pl/about.md:3");
  CHECK(refusal(library, "cy") == "cy/pack.md:1: is missing.");
  CHECK(refusal(library, "ko").empty());
  const auto languages = library.languages();
  REQUIRE(languages.size() == 6);
  CHECK(languages[1].problem == "cy/pack.md:1: is missing.");
  CHECK(languages[4].problem == "pl/about.md:3: unknown placeholder {klinika}.");
  CHECK(languages[5].problem ==
        "handouts/notes is not named by a language tag such as pl or en-GB.");
}

TEST_CASE("Broken English refuses the languages that fall back to it", "[texts]") {
  const Overlay overlay;
  overlay.put("en-GB/bed.md", "Bed without heading.\n");
  const TextLibrary library(overlay.root);
  CHECK(refusal(library, "cy") == "en-GB/bed.md:1: needs a heading.");
  CHECK(refusal(library, "pl").empty());
}

TEST_CASE("A change in the clinic's folder shows at the next sheet", "[texts]") {
  const Overlay overlay;
  overlay.put("en-GB/about.md", "# First\n\nText.\n");
  const TextLibrary library(overlay.root);
  const auto before = library.find("en");
  REQUIRE(before);
  CHECK(library.find("en")->pack == before->pack);
  overlay.put("en-GB/about.md", "# Other\n\nText.\n");
  const auto after = library.find("en");
  REQUIRE(after);
  CHECK(heading(*after->pack, "about.md") == "Other");
  CHECK(heading(*before->pack, "about.md") == "First");
  overlay.put("en-GB/about.md", "broken");
  CHECK(refusal(library, "en") == "en-GB/about.md:1: needs a heading.");
  fs::remove(overlay.root / "en-GB/about.md");
  CHECK(heading(*library.find("en")->pack, "about.md") == "About this sheet");
  overlay.put("en-GB/bed.md", "# Our bed\n\nText.\n");
  CHECK(heading(*library.find("en")->pack, "bed.md") == "Our bed");
}

TEST_CASE("Only regular files of a bounded size and number are read", "[texts]") {
  const Overlay overlay;
  const TextLibrary library(overlay.root);
  SECTION("a link out of the folder") {
    overlay.put("secret.txt", "# Secret\n\nText.\n");
    fs::create_directories(overlay.root / "en-GB");
    fs::create_symlink(overlay.root / "secret.txt", overlay.root / "en-GB/about.md");
    CHECK(refusal(library, "en") == "en-GB/about.md:1: is not a regular file.");
  }
  SECTION("a pipe") {
    fs::create_directories(overlay.root / "en-GB");
    REQUIRE(::mkfifo((overlay.root / "en-GB/about.md").c_str(), 0600) == 0);
    CHECK(refusal(library, "en") == "en-GB/about.md:1: is not a regular file.");
  }
  SECTION("a folder") {
    fs::create_directories(overlay.root / "en-GB/about.md");
    CHECK(refusal(library, "en") == "en-GB/about.md:1: is not a regular file.");
  }
  SECTION("a linked language") {
    overlay.put_language("pl", "away");
    fs::create_symlink(overlay.root / "away", overlay.root / "cy");
    CHECK(library.find("cy")->missing_language_name == "Welsh");
  }
  SECTION("65 KB") {
    overlay.put("en-GB/about.md", "# About\n\n" + std::string(65 * 1024, 'a'));
    CHECK(refusal(library, "en") == "en-GB/about.md:1: is over 64 KB.");
  }
  SECTION("41 files") {
    for (int i = 0; i < 41; ++i) overlay.put("en-GB/text-" + std::to_string(i) + ".md", "x");
    CHECK(refusal(library, "en") == "handouts/en-GB has more than 40 texts.");
  }
  SECTION("a text with a wrong name") {
    overlay.put("en-GB/abuot.md", "# About\n\nText.\n");
    CHECK(refusal(library, "en") == "en-GB/abuot.md:1: is not a text of a handout.");
  }
  SECTION("what is not a text is left alone") {
    overlay.put("en-GB/about.md~", "broken");
    overlay.put("en-GB/.about.md.swp", "broken");
    overlay.put("style.json", "{}");
    CHECK(refusal(library, "en").empty());
  }
}

TEST_CASE("A folder that does not exist changes nothing", "[texts]") {
  const TextLibrary library(fs::path("/nonexistent/facet"));
  CHECK(library.find("ko"));
  CHECK(library.languages().size() == 4);
}

TEST_CASE("Texts are found from many threads while the folder changes", "[texts]") {
  const Overlay overlay;
  overlay.put("en-GB/about.md", "# A0\n\nText.\n");
  const TextLibrary library(overlay.root);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      for (int round = 0; round < 60; ++round) {
        const auto texts = library.find(round % 2 ? "en" : "pl");
        // A file that is being written may be seen empty, and is then refused.
        if (!texts && texts.error().message != "en-GB/about.md:1: needs a heading.") ++wrong;
      }
    });
  for (int i = 1; i < 20; ++i)
    overlay.put("en-GB/about.md", "# A" + std::to_string(i) + "\n\nText.\n");
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
  CHECK(heading(*library.find("en")->pack, "about.md") == "A19");
}
