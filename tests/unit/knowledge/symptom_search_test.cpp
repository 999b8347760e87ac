// SPDX-License-Identifier: MPL-2.0
#include "knowledge/symptom_search.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace facet::knowledge;

namespace {

Strings found(std::string_view text) {
  Strings ids;
  for (const auto* symptom : search_symptoms(catalogue(), text)) ids.push_back(symptom->id);
  return ids;
}

bool finds(std::string_view text, const std::string& id) {
  const auto ids = found(text);
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

TEST_CASE("a symptom is found by plain name, clinical name, code or id") {
  for (const auto* text : {"elbow", "ELBOW", "lateral epi", "epi lateral", "M77.1", "m77",
                           "tennis_elbow", "  tennis,  elb ", "ten"}) {
    INFO(text);
    CHECK(finds(text, "tennis_elbow"));
  }
  CHECK(found("M77.1") == Strings{"tennis_elbow"});
}

TEST_CASE("every symptom is found by each of its names") {
  for (const auto& symptom : catalogue().symptoms())
    for (const auto* text : {&symptom.id, &symptom.plain_name, &symptom.clinical_name,
                             &symptom.snomed.fsn, &symptom.icd10.code}) {
      INFO(*text);
      CHECK(finds(*text, symptom.id));
    }
}

TEST_CASE("plain names come first") {
  const auto ids = found("headache");
  REQUIRE_FALSE(ids.empty());
  CHECK(ids.front() == "headache");
  CHECK(finds("elbow", "golfers_elbow"));
}

TEST_CASE("apostrophes do not matter") {
  CHECK(finds("golfer's elbow", "golfers_elbow"));
  CHECK(finds("golfer\xE2\x80\x99s", "golfers_elbow"));
  CHECK(finds("golfers elbow", "golfers_elbow"));
}

TEST_CASE("every word must fit, and nonsense finds nothing") {
  CHECK(found("elbow knee").empty());
  CHECK(found("xyzzy").empty());
  CHECK(found("lbow").empty());
  CHECK(found("\xED\x8C\x94").empty());
}

TEST_CASE("an empty text finds all, in the order of the catalogue") {
  CHECK(found("").size() == catalogue().symptoms().size());
  CHECK(found(" . ' ").front() == catalogue().symptoms().front().id);
}
