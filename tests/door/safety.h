// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "door/door.h"
#include "door/records.h"

namespace facet::testing {

/// A patient whom nothing keeps from the bed, and the parts of the record that make it so.
struct Ready {
  Ready(Door& door, const std::string& id)
      : person(patient(id)),
        agreed(consent(id + "-c", id)),
        answers(screening(id + "-q", id, door.get(physio, "/fhir/Questionnaire/screening").json())),
        cleared(clearance(id + "-k", id)),
        ordered(order(id + "-r", id)),
        booked(appointment(id + "-a", id, id + "-r")) {}

  /// Writes what is not null.
  void write(Door& door) const {
    for (const auto* one : {&person, &agreed, &answers, &cleared, &ordered})
      if (!one->is_null()) door.must(physio, *one);
  }

  Json person, agreed, answers, cleared, ordered, booked;
};

/// Ready and written, with more answers to come. Moments are minutes from now.
class Bedded {
 public:
  Bedded(Door& door, std::string id) : door_(door), id_(std::move(id)), ready(door, id_) {
    ready.answers["authored"] = minutes_from_now(-600);
    ready.write(door);
  }

  /// A whole screening, or a re-check, with these answers and no to all else; its id.
  std::string screened(int minutes, const std::map<std::string, std::string>& answers = {}) {
    return said("screening", minutes, answers);
  }
  std::string rechecked(int minutes, const std::map<std::string, std::string>& answers = {}) {
    return said("recheck", minutes, answers);
  }

  /// What GET $gate says at a moment; "open", or the reasons joined by " / ".
  std::string gate(int minutes = 0, const Who& who = physio) {
    return gate_at(minutes == 0 ? 0 : real_now_ms() + minutes * base::minute_ms, who);
  }
  std::string gate_at(std::int64_t at_ms, const Who& who = physio) {
    const auto at = at_ms == 0 ? std::string() : "&at=" + base::instant_text(at_ms);
    const auto answer =
        door_.get(who, "/fhir/Patient/" + id_ + "/$gate?service-request=" + id_ + "-r" + at);
    INFO(answer.body);
    if (answer.status == 404) return "erased";
    REQUIRE(answer.status == 200);
    std::string reasons;
    bool open = false;
    const auto body = answer.json();
    for (const auto& one : body["parameter"]) {
      if (one["name"] == "open")
        open = one["valueBoolean"];
      else
        reasons += (reasons.empty() ? "" : " / ") + one["valueString"].get<std::string>();
    }
    if (who->user_id != physio->user_id) return reasons;
    CHECK(open == reasons.empty());
    return open ? "open" : reasons;
  }

  /// Current resources of a type with a code, newest first.
  std::vector<Json> of(const std::string& type, const std::string& rule) {
    const auto found = door_.get(physio, "/fhir/" + type + "?patient=" + id_ + "&code=" + rule);
    INFO(found.body);
    REQUIRE(found.status == 200);
    std::vector<Json> list;
    const auto body = found.json();
    if (body.contains("entry"))
      for (const auto& entry : body["entry"]) list.push_back(entry["resource"]);
    return list;
  }
  Json issue(const std::string& rule) {
    const auto found = of("DetectedIssue", rule);
    REQUIRE(!found.empty());
    return found.front();
  }

  /// PUT with the version that the resource carries.
  Answer change(const Json& resource, const Who& who = physio) {
    return door_.put(who, resource,
                     "W/\"" + resource["meta"]["versionId"].get<std::string>() + "\"");
  }

 private:
  std::string said(const std::string& form, int minutes,
                   const std::map<std::string, std::string>& answers) {
    const auto id = id_ + "-" + form + std::to_string(++number_);
    Json response = screening(id, id_, door_.get(physio, "/fhir/Questionnaire/" + form).json());
    response["questionnaire"] = "urn:facet:questionnaire:" + form;
    response["authored"] = minutes_from_now(minutes);
    for (const auto& [link_id, code] : answers) answer_with(response, link_id, code);
    return door_.must(physio, response);
  }

  Door& door_;
  const std::string id_;
  int number_ = 0;

 public:
  Ready ready;
};

/// The issue with a clinician's decision; `advised` adds a doctor's written advice.
Json decided(Json issue, int minutes_valid, bool advised = false,
             const std::string& author = "physio");

}  // namespace facet::testing
