// SPDX-License-Identifier: MPL-2.0
#include "knowledge/catalogue.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "files.h"
#include "knowledge/root_levels.h"

using namespace facet::knowledge;

TEST_CASE("the embedded catalogue holds all that was agreed") {
  const auto& all = catalogue();
  CHECK(all.symptoms().size() == 46);
  CHECK(all.nerves().size() == 45);
  CHECK(all.spinal_levels().size() == 25);
  CHECK(all.secrets().size() == 4);
  CHECK(all.red_flags().size() == 45);
  CHECK(all.contraindications().size() == 38);
  CHECK(all.devices().size() == 4);
  CHECK(&all == &catalogue());
}

TEST_CASE("a symptom is found by its id with everything known of it") {
  const auto* symptom = catalogue().find_symptom("tennis_elbow");
  REQUIRE(symptom);
  CHECK(symptom->plain_name == "Tennis elbow");
  CHECK(symptom->icd10.code == "M77.1");
  CHECK(symptom->region == Region::upper_limb);
  CHECK(symptom->bed.basis == BedBasis::adjacent);
  CHECK(symptom->bed.zones == std::vector{SpinalZone::upper});
  CHECK_FALSE(symptom->bed.reason.empty());
  CHECK(symptom->severity.max == 10);
  CHECK_FALSE(catalogue().find_symptom("tennis_elbo"));
  CHECK_FALSE(catalogue().find_symptom(""));
}

TEST_CASE("every list can be looked up by id") {
  const auto& all = catalogue();
  for (const auto& row : all.symptoms()) CHECK(all.find_symptom(row.id) == &row);
  for (const auto& row : all.nerves()) CHECK(all.find_nerve(row.id) == &row);
  for (const auto& row : all.spinal_levels()) CHECK(all.find_level(row.id) == &row);
  for (const auto& row : all.red_flags()) CHECK(all.find_red_flag(row.id) == &row);
  for (const auto& row : all.contraindications()) CHECK(all.find_contraindication(row.id) == &row);
  for (const auto& row : all.devices()) CHECK(all.find_device(row.id) == &row);
  CHECK(all.find_secret(3)->id == 3);
  CHECK_FALSE(all.find_secret(5));
  CHECK(all.find_red_flag_of_item("rf_ces_saddle.thighs")->id == "rf_ces_saddle");
  CHECK_FALSE(all.find_red_flag_of_item("rf_ces_saddle"));
}

TEST_CASE("spinal levels run from the skull to the sacrum, the bed from C7-T1") {
  const auto& levels = catalogue().spinal_levels();
  CHECK(levels.front().id == "C0-C1");
  CHECK(levels.back().id == "L5-S1");
  CHECK(levels[7].id == "C7-T1");
  CHECK_FALSE(levels[6].bed_reach_default);
  CHECK(levels[7].bed_reach_default);
  CHECK(catalogue().find_level("L4-L5")->order == 23);
}

TEST_CASE("roots leave above their vertebra in the neck and below it from T1") {
  const auto leaves = [](const char* root) { return std::string(level_ids[*root_level(root)]); };
  CHECK(leaves("C1") == "C0-C1");
  CHECK(leaves("C7") == "C6-C7");
  CHECK(leaves("C8") == "C7-T1");
  CHECK(leaves("T1") == "T1-T2");
  CHECK(leaves("T12") == "T12-L1");
  CHECK(leaves("L5") == "L5-S1");
  CHECK(leaves("S1") == "L5-S1");
  CHECK_FALSE(root_level("S2"));
  CHECK_FALSE(root_level("CN V"));
}

TEST_CASE("the maker's limits and the session defaults are numbers") {
  const auto* bed = catalogue().find_device("backhug");
  REQUIRE(bed);
  CHECK(bed->limit(LimitName::weight_max_kg) == 165);
  CHECK(bed->zones.size() == 6);
  CHECK_FALSE(catalogue().find_device("drx9000")->limit(LimitName::weight_max_kg));
  CHECK(catalogue().session_defaults().first_session_minutes == 20);
  CHECK(catalogue().session_defaults().stop_if.size() == 4);
  CHECK(catalogue().logic().rescreen_days == 90);
}

TEST_CASE("a catalogue survives being moved") {
  auto loaded = load_catalogue(symptoms_text(), screening_text());
  REQUIRE(loaded);
  const Catalogue moved = std::move(*loaded);
  CHECK(moved.find_symptom("sciatica") ==
        &*std::find_if(moved.symptoms().begin(), moved.symptoms().end(),
                       [](const Symptom& each) { return each.id == "sciatica"; }));
}

TEST_CASE("a wrong catalogue cannot be made, and says all that is wrong") {
  auto text = symptoms_text();
  text.replace(text.find("\"rf_thunderclap\""), 16, "\"rf_thunder_clap\"");
  const auto loaded = load_catalogue(text, screening_text());
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == facet::base::ErrorCode::invalid);
  CHECK(loaded.error().reasons.size() == 1);
  CHECK(loaded.error().reasons.front().find("rf_thunder_clap") != std::string::npos);
  CHECK_FALSE(load_catalogue("", screening_text()));
  CHECK_FALSE(load_catalogue(symptoms_text(), "[]"));
}

TEST_CASE("codes of the closed lists go there and back") {
  CHECK(code_of(RedFlagAction::same_day) == "same_day");
  CHECK(from_code<ClearRole>("oncology") == ClearRole::oncology);
  CHECK_FALSE(from_code<Answer>("maybe"));
  CHECK(code_of(FactTopic::fingers) == "fingers");
  CHECK(code_of(LimitName::fingers) == "fingers");
  CHECK(code_of(RedFlagGroup::context) == "context");
}
