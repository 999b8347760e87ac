// SPDX-License-Identifier: MPL-2.0
// `facet handout` with the real plugin: sheets that need no clinic, and a patient's own.
#include <catch2/catch.hpp>

#include "host/program.h"
#include "host/test_clinic.h"

using namespace facet::hosts;
using namespace facet::hosts::testing;
using Catch::Contains;

namespace {

Outcome handout(const std::string& words) {
  return run("handout " + words, FACET_PLUGIN);
}

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("a general sheet and the blank forms are printed without a clinic, the same each time") {
  const TemporaryFolder temporary;
  const auto file = (temporary.path() / "sheet.pdf").string();
  for (const auto& words :
       {"--general", "--general --language ko --track prevention --paper letter --one-sided",
        "--general --large", "--general --booklet", "--blank body-chart",
        "--blank screening --paper letter"}) {
    const Outcome first = handout(std::string(words) + " --out " + file);
    INFO(words << ": " << first.output);
    REQUIRE(first.exit_code == 0);
    CHECK(lines_of(first.output) == 1);
    const auto bytes = read_file(file);
    CHECK(bytes.starts_with("%PDF-"));
    REQUIRE(handout(std::string(words) + " --out " + file).exit_code == 0);
    CHECK(read_file(file) == bytes);
  }
  CHECK(files_in(temporary.path()) == std::vector<std::string>{"sheet.pdf"});
}

TEST_CASE("a sheet that cannot be is refused in one sentence, and no file is left") {
  const TemporaryFolder temporary;
  const auto out = " --out " + (temporary.path() / "sheet.pdf").string();
  struct Case {
    const char* words;
    int exit_code;
    const char* says;
  };
  for (const auto& one : std::vector<Case>{
           {"--general --language qqz", 1, "qqz"},
           {"--general --booklet --large", 1, "A booklet has no room for large print"},
           {"--general --booklet --one-sided", 1, "two sides"},
           {"--general --track cure", 2, "--track"},
           {"--general --paper a3", 2, "--paper"},
           {"--blank menu", 2, "--blank"},
           {"--general --blank screening", 1, "name one of"},
           {"", 1, "name one of"},
           {"--patient 1", 1, "--patient needs --data"},
           {"--general --recipient x", 1, "A handout takes language"}}) {
    const Outcome refused = handout(one.words + out);
    INFO(one.words << ": " << refused.output);
    CHECK(refused.exit_code == one.exit_code);
    CHECK(lines_of(refused.output) == 1);
    CHECK_THAT(refused.output, Contains(one.says));
  }
  CHECK(files_in(temporary.path()).empty());
  CHECK(handout("--general --out /nowhere/at/all.pdf").exit_code == 1);
}

TEST_CASE("doctor reads a clinic's texts and look as print does, and handout prints with them") {
  const TemporaryFolder temporary;
  const auto clinic = temporary.path() / "clinic";
  const auto data = " --data " + clinic.string();
  REQUIRE(run("init" + data + " --clinic-name Wapping", FACET_PLUGIN).exit_code == 0);
  const auto doctor = [&] { return run("doctor" + data, FACET_PLUGIN); };
  const auto out = " --out " + (temporary.path() / "sheet.pdf").string();
  CHECK_THAT(doctor().output, Contains("good  handouts in en-GB, a draft") &&
                                  Contains("good  the look of handouts (ours)"));
  const auto folder = clinic / "handouts";
  make_private_folder(folder / "en-GB");

  write_private_file(folder / "style.json", R"({"color": "#5c0a3f"})");
  CHECK_THAT(doctor().output, Contains("good  the look of handouts (its own colour)"));
  CHECK(handout("--general" + data + out).exit_code == 0);
  CHECK(handout("--blank screening" + data + out).exit_code == 0);

  write_private_file(folder / "style.json", R"({"color": "#ffe000"})");
  auto found = doctor();
  CHECK(found.exit_code == 1);
  CHECK_THAT(found.output, Contains("BAD   the look of handouts") && Contains("too pale"));
  CHECK_THAT(handout("--general" + data + out).output, Contains("handouts/style.json: The color"));
  std::filesystem::remove(folder / "style.json");

  write_private_file(folder / "en-GB/about.md", "# About\n\nHello {nobody}.\n");
  found = doctor();
  CHECK(found.exit_code == 1);
  CHECK_THAT(found.output, Contains("BAD   handouts in en-GB") && Contains("about.md:3"));
  CHECK_THAT(handout("--general" + data + out).output, Contains("about.md:3"));
}
