// SPDX-License-Identifier: MPL-2.0
// `facet audit` on a real clinic, and on files alone.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "host/program.h"
#include "host/test_clinic.h"

using namespace facet::hosts;
using namespace facet::hosts::testing;
using Catch::Contains;

TEST_CASE("the trail of a clinic is exported, and verified where there is no clinic") {
  const TemporaryFolder temporary;
  const auto data = temporary.path() / "clinic";
  const auto facet = [](const std::string& words) { return run(words, FACET_PLUGIN); };
  REQUIRE(facet("init --data " + data.string()).exit_code == 0);
  const auto trail = (temporary.path() / "trail.ndjson").string();
  const auto heads = (temporary.path() / "heads.ndjson").string();
  const auto key = (temporary.path() / "audit.key").string();
  const auto exported = facet("audit export --data " + data.string() + " --out " + trail);
  INFO(exported.output);
  REQUIRE(exported.exit_code == 0);
  REQUIRE(facet("audit heads --data " + data.string() + " --out " + heads).exit_code == 0);
  const auto here = facet("audit verify --data " + data.string() + " --heads " + heads);
  INFO(here.output);
  CHECK(here.exit_code == 0);
  CHECK_THAT(here.output, Contains("The audit trail is whole: "));

  std::filesystem::copy_file(data / "keys/audit.key", key);
  std::filesystem::remove_all(data);
  const auto files = "audit verify --trail " + trail + " --key " + key;
  const auto whole = facet(files);
  INFO(whole.output);
  CHECK(whole.exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(data));

  const auto newer = facet(files + " --heads " + heads);
  CHECK(newer.exit_code == 1);
  CHECK_THAT(newer.output, Contains("was cut after event"));

  auto text = read_file(trail);
  const auto at = text.rfind("\"principal\":\"cli:");
  REQUIRE(at != std::string::npos);
  text.replace(at + 13, 4, "web:");
  write_private_file(trail, text);
  const auto changed = facet(files);
  CHECK(changed.exit_code == 1);
  CHECK_THAT(changed.output, Contains("facet: the audit trail is NOT whole: Chain main, event ") &&
                                 Contains(" was changed"));
  CHECK(lines_of(changed.output) == 1);
}

TEST_CASE("audit verify says what it lacks in one line") {
  const TemporaryFolder temporary;
  const auto file = (temporary.path() / "none").string();
  const auto facet = [](const std::string& words) { return run(words, FACET_PLUGIN); };
  CHECK_THAT(facet("audit verify").output, Contains("--data or --trail is required"));
  CHECK(facet("audit verify --trail " + file).exit_code == 2);
  CHECK_THAT(facet("audit verify --trail " + file + " --key " + file).output,
             Contains("The key file " + file + " is missing"));
  write_private_file(temporary.path() / "key", std::string(32, 'k'));
  const auto key = " --key " + (temporary.path() / "key").string();
  CHECK_THAT(facet("audit verify --trail " + file + key).output, Contains("cannot be read"));
  write_private_file(file, "Dear diary\n");
  CHECK_THAT(facet("audit verify --trail " + file + key).output,
             Contains("This is no exported audit trail."));
  CHECK_THAT(run("audit verify --trail " + file + key).output, Contains("checks no audit trail"));
}
