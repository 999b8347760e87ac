// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "hosts/standalone/json.h"

// The FHIR resources of the demonstration, as a client would write them.
namespace facet::hosts::demo {

/// The people and things that every record of the demonstration refers to.
struct Places {
  std::string organization;
  std::string site;
  std::string room;
  std::string physio;
  std::string bed;
  std::string schedule;
};

struct Person {
  std::string id;
  std::string name;
  std::string birth_date;
  std::string gender;
};

struct BedOrder {
  std::vector<std::string> zones;
  int strength;
  int speed;
  int minutes;
};

Json reference(const std::string& type, const std::string& id);
/// The organisation, its places, physiotherapist, bed and schedule, in the order of their need.
std::vector<Json> clinic_resources(const Places& places, const std::string& clinic_name);
Json patient(const Places& places, const Person& person);

Json encounter(const Places& places, const std::string& patient, const std::string& id);
/// Side may be empty.
Json symptom(const std::string& patient, const std::string& visit, const std::string& code,
             const std::string& side, int severity);
Json stress(const std::string& patient, const std::string& visit, int score);
Json stiffness(const std::string& patient, const std::string& visit, const std::string& level,
               const std::string& side, int grade, bool painful);
/// Every question of the questionnaire answered "no".
Json screening(const std::string& patient, const std::string& visit, const Json& questionnaire);
size_t count_answers(const Json& response);

Json bed_consent(const std::string& patient);
Json clearance(const Places& places, const std::string& patient, const BedOrder& widest);
Json bed_order(const Places& places, const std::string& patient, const BedOrder& order);
Json appointment(const Places& places, const std::string& patient, const std::string& order,
                 const Json& slot);
/// All or nothing, each entry a PUT of the id it carries.
Json transaction(const std::vector<Json>& resources);

/// A UTC time as FHIR writes instants.
std::string instant(int64_t seconds_from_now = 0);

}  // namespace facet::hosts::demo
