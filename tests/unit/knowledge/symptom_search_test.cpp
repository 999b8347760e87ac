// SPDX-License-Identifier: MPL-2.0
#include "knowledge/symptom_search.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "knowledge/body_part.h"
#include "knowledge/symptom_view.h"

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

Strings found_in(std::string_view part) {
  Strings ids;
  REQUIRE(find_body_part(part));
  for (const auto* symptom : symptoms_in(catalogue(), *find_body_part(part)))
    ids.push_back(symptom->id);
  return ids;
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

TEST_CASE(
    "a symptom is found by what people call that part of the body, after those of that name") {
  CHECK(finds("arm", "tennis_elbow"));
  CHECK(found("arm").front() == "arm_nerve_pain");
  CHECK(finds("fingers", "carpal_tunnel"));
  CHECK(finds("calf", "tight_calf"));
  CHECK(finds("leg numb", "outer_thigh_numb"));
  CHECK(finds("groin", "groin_pain"));
  CHECK_FALSE(finds("leg", "tennis_elbow"));
}

TEST_CASE("symptoms of a part of the body") {
  CHECK(found_in("elbow") == Strings{"tennis_elbow", "golfers_elbow"});
  CHECK(found_in("neck") == Strings{"neck_pain", "neck_stiff"});
  CHECK(found_in("general") == Strings{"ache_all_over"});
  CHECK_FALSE(find_body_part("tail"));
  CHECK_FALSE(find_body_part(""));
}

TEST_CASE("every region is a part, every part has a symptom, and every site lies in one") {
  std::set<std::string_view> codes, sites;
  for (const auto& part : body_parts()) {
    INFO(part.code);
    CHECK(codes.insert(part.code).second);
    CHECK_FALSE(symptoms_in(catalogue(), part).empty());
    if (part.sites.empty()) CHECK(part.code == code_of(part.region));
    sites.insert(part.sites.begin(), part.sites.end());
  }
  for (const auto code : Names<Region>::list) CHECK(codes.count(code) == 1);
  const std::set<std::string> whole{"Head", "Neck", "Upper limb", "Lower limb", "Whole body"};
  std::set<std::string_view> used;
  for (const auto& symptom : catalogue().symptoms()) {
    const std::string_view site = symptom.body_site.text;
    INFO(site);
    CHECK((sites.count(site) == 1 || whole.count(symptom.body_site.text) == 1));
    used.insert(site);
  }
  for (const auto site : sites) {
    INFO(site);
    CHECK(used.count(site) == 1);
  }
}

TEST_CASE("the free-text symptom is none of the catalogue") {
  CHECK_FALSE(catalogue().find_symptom(other_symptom_id));
}

TEST_CASE("a symptom is described by its nerves, roots, joints, bed range and secrets") {
  const auto view = describe(catalogue(), *catalogue().find_symptom("tennis_elbow"));
  REQUIRE(view.nerves.size() == 1);
  CHECK(view.nerves[0]->name == "Radial");
  REQUIRE(view.joints.size() == 2);
  CHECK(view.joints[0]->id == "C5-C6");
  CHECK(view.bed_joints.size() == 5);
  CHECK(view.symptom->bed.basis == BedBasis::adjacent);
  CHECK_FALSE(view.symptom->bed.reason.empty());
  CHECK_FALSE(view.bed_basis_text.empty());
  REQUIRE(view.secrets.size() == 3);
  CHECK(view.secrets[2]->id == 4);
  for (const auto& symptom : catalogue().symptoms()) {
    const auto each = describe(catalogue(), symptom);
    INFO(symptom.id);
    CHECK(each.nerves.size() == symptom.nerves.size());
    for (const auto* nerve : each.nerves) CHECK(nerve);
    for (const auto* level : each.joints) CHECK(level);
    for (const auto* level : each.bed_joints) CHECK(level);
    for (const auto* secret : each.secrets) CHECK(secret);
    CHECK((symptom.bed.basis == BedBasis::none) == each.bed_joints.empty());
  }
}
