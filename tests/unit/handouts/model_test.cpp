// SPDX-License-Identifier: MPL-2.0
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sample.h"

using namespace facet::handouts;
using namespace facet::handouts::test;
using facet::base::ErrorCode;

namespace {

std::string field_at_fault(const HandoutInput& input) {
  const auto model = build_handout(input);
  return model ? "" : model.error().field;
}

std::vector<std::string> body_texts(const HandoutModel& model) {
  std::vector<std::string> texts;
  for (const auto* section : {&model.about, &model.bed, &model.choices, &model.closing})
    for (const auto& paragraph : section->paragraphs) texts.push_back(plain(paragraph));
  for (const auto* section : {&model.urgent, &model.today, &model.soon})
    for (const auto& item : section->paragraphs) texts.push_back(plain(item));
  for (const auto& secret : model.secrets)
    for (const auto* words : {&secret.author_says, &secret.research_says, &secret.for_you})
      texts.push_back(plain(*words));
  for (const auto& symptom : model.symptoms) texts.push_back(symptom.bed);
  return texts;
}

/// Grade and longest sentence by tests/unit/handouts/readability.py.
std::pair<double, int> readability(const std::vector<std::string>& texts) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("facet-handout-" + std::to_string(::getpid()) + ".txt");
  std::ofstream file(path);
  for (const auto& text : texts) file << text << "\n\n";
  file.close();
  FILE* out = popen(("python3 " READABILITY " " + path.string()).c_str(), "r");
  REQUIRE(out != nullptr);
  double grade = 99, mean = 99;
  int longest = 999;
  const int read = std::fscanf(out, "%*[^:]: grade %lf, %lf words a sentence, longest %d", &grade,
                               &mean, &longest);
  pclose(out);
  std::filesystem::remove(path);
  REQUIRE(read == 3);
  return {grade, longest};
}

}  // namespace

TEST_CASE("A symptom says how bad it is, which nerve and which joints of the spine") {
  const auto model = build_handout(personal_sheet());
  REQUIRE(model);
  const auto& elbow = model->symptoms.at(0);
  CHECK(elbow.title == "Tennis elbow, right: 6 out of 10");
  CHECK(elbow.nerve_path == "Nerve path: the radial nerve, from neck joints C5-C6 and C6-C7.");
  CHECK(elbow.bed.find("does not reach") != std::string::npos);
  CHECK(model->symptoms.at(1).nerve_path.find("from low back joints L1-L2 to L5-S1.") !=
        std::string::npos);
  CHECK(plain(model->made_for) ==
        "For Ann Example, from Sam Patel, physiotherapist, 22 November 2026");
  CHECK(plain(model->findings.at(0)) ==
        "What your physiotherapist felt: L4-L5 left, very stiff, sore when pressed; "
        "T6-T7 middle, a little stiff.");
}

TEST_CASE("A symptom without a spinal joint says so and never mentions one") {
  auto input = personal_sheet();
  SymptomInput jaw_pain, aches;
  jaw_pain.plain_name = "Jaw pain", jaw_pain.side = "left", jaw_pain.severity = 3;
  jaw_pain.nerves = {{"mandibular", ""}};
  aches.plain_name = "Aches all over";
  input.symptoms = {jaw_pain, aches};
  const auto model = build_handout(input);
  REQUIRE(model);
  CHECK(model->symptoms[0].nerve_path ==
        "Nerve path: the jaw branch of the main face nerve. It does not start at a joint of the "
        "spine.");
  CHECK(model->symptoms[1].title == "Aches all over");
  CHECK(model->symptoms[1].nerve_path == "This is not tied to one nerve or one joint.");
}

TEST_CASE("A general sheet holds nothing about a patient") {
  const auto model = build_handout(general_sheet());
  REQUIRE(model);
  CHECK_FALSE(model->personal());
  CHECK(plain(model->made_for).starts_with("General sheet"));
}

TEST_CASE("Bad input is refused with its field") {
  auto input = personal_sheet();
  SECTION("severity") {
    input.symptoms[1].severity = 11;
    CHECK(field_at_fault(input) == "symptom[1].severity");
  }
  SECTION("stress") {
    input.stress = -1;
    CHECK(field_at_fault(input) == "stress");
  }
  SECTION("side") {
    input.symptoms[0].side = "upwards";
    CHECK(field_at_fault(input) == "symptom[0].side");
  }
  SECTION("spinal level") {
    input.symptoms[0].segments = {"C6-L2"};
    CHECK(field_at_fault(input) == "symptom[0].segment");
  }
  SECTION("bed") {
    input.symptoms[0].bed_reach = "full";
    CHECK(field_at_fault(input) == "symptom[0].bed");
  }
  SECTION("joint") {
    input.joints[0].motion = 7;
    CHECK(field_at_fault(input) == "joint[0].motion");
  }
  SECTION("clinic") {
    input.clinic = "  ";
    CHECK(field_at_fault(input) == "clinic");
  }
  SECTION("broken UTF-8") {
    input.patient = "Ann \xff";
    CHECK(field_at_fault(input) == "patient");
  }
  SECTION("201 characters") {
    input.patient = std::string(201, 'x');
    CHECK(field_at_fault(input) == "patient");
  }
  SECTION("date") {
    input.given_on = std::chrono::year{2026} / 2 / 30;
    CHECK(field_at_fault(input) == "given_on");
  }
  SECTION("language") {
    input.language = "xx";
    const auto model = build_handout(input);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == ErrorCode::unsupported);
  }
}

TEST_CASE("The body can be read at grade 6, no sentence over 20 words") {
  const auto model = build_handout(personal_sheet());
  REQUIRE(model);
  const auto all = readability(body_texts(*model));
  CHECK(all.first <= 6.0);
  CHECK(all.second <= 20);
}

TEST_CASE("Nothing is promised") {
  const auto model = build_handout(personal_sheet());
  REQUIRE(model);
  for (const auto& text : body_texts(*model))
    for (const auto* claim : {"cure", "root cause", "works for", "%", "guarantee"}) {
      CAPTURE(text);
      CHECK(text.find(claim) == std::string::npos);
    }
}

TEST_CASE("Each idea names its source as the catalogue has it, and every nerve has a plain name") {
  std::ifstream file(SYMPTOMS_JSON);
  REQUIRE(file);
  const auto catalogue = nlohmann::json::parse(file);
  const auto model = build_handout(general_sheet());
  REQUIRE(model);
  for (const auto& secret : catalogue.at("secrets")) {
    const auto number = secret.at("id").get<std::size_t>();
    auto cited = secret.at("cited_by_author").get<std::string>();
    if (const auto at = cited.find("5th edition"); at != std::string::npos)
      cited.replace(at, 11, "5th ed.");
    CHECK(model->secrets.at(number - 1).source == cited);
  }
  const auto texts = built_in_texts("en-GB");
  REQUIRE(texts);
  for (const auto& nerve : catalogue.at("nerves")) {
    CAPTURE(nerve.at("id"));
    CHECK((*texts)->nerve(nerve.at("id").get<std::string>()) != nullptr);
  }
}
