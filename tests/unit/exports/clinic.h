// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <algorithm>
#include <map>

#include "clinic/audit_fhir.h"
#include "clinic/consent_fhir.h"
#include "clinic/patient_fhir.h"
#include "clinic/places_fhir.h"
#include "clinic/practitioner_fhir.h"
#include "clinic/visit_fhir.h"
#include "exports/exports.h"
#include "store/engines.h"
#include "symptoms/observation_fhir.h"

namespace facet::testing {

using base::Json;

inline base::Principal person(const std::string& role) {
  return {"u-" + role, {role}, "10.0.0.7", "CAREMGT"};
}

/// Keeps what was sent; the reader may go away after some chunks.
class Answer final : public rest::Response {
 public:
  explicit Answer(std::size_t chunks_until_gone = SIZE_MAX) : until_gone_(chunks_until_gone) {}
  void begin(int http_status) override { status = http_status; }
  void header(std::string_view name, std::string_view value) override {
    headers[std::string(name)] = value;
  }
  bool write(std::string_view chunk) override {
    if (chunks.size() == until_gone_) return false;
    chunks.push_back(chunk.size());
    body += chunk;
    return true;
  }
  bool flush() override { return true; }

  Json json() const { return base::parse_json(body).value(); }
  std::vector<std::string> lines() const {
    std::vector<std::string> found;
    for (std::size_t start = 0; start < body.size();) {
      const auto end = body.find('\n', start);
      REQUIRE(end != std::string::npos);
      found.push_back(body.substr(start, end - start));
      start = end + 1;
    }
    return found;
  }

  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;
  std::vector<std::size_t> chunks;

 private:
  std::size_t until_gone_;
};

/// A clinic behind its door, on SQLite.
class Clinic {
 public:
  Clinic() : scratch(Dialect::sqlite), database(scratch.open()), acts(*database, test_keys(), clock) {
    clinic::mount_places(places, fhir);
    clinic::mount_practitioners(staff, fhir);
    clinic::mount_patients(patients, acts, fhir, router);
    clinic::mount_consents(consents, fhir);
    clinic::mount_visits(visits, fhir);
    symptoms::mount_observations(observations, fhir);
    clinic::mount_audit(audit, fhir);
    fhir.mount(router);
    exports::mount_exports(acts, fhir, router);
  }

  void ask(Answer& answer, const std::string& method, const std::string& path,
           const std::string& role, const std::string& body = "", const rest::Pairs& query = {}) {
    router.dispatch({method, path, query, {}, body, person(role), true}, answer);
  }
  Answer get(const std::string& path, const std::string& role = "admin",
             const rest::Pairs& query = {}) {
    Answer answer;
    ask(answer, "GET", path, role, "", query);
    return answer;
  }
  /// The resource as it is kept.
  Json put(const Json& resource, const std::string& role) {
    Answer answer;
    ask(answer, "PUT",
        "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
            resource["id"].get<std::string>(),
        role, resource.dump());
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    return answer.json();
  }

  Scratch scratch;
  base::FakeClock clock{now_ms};
  std::unique_ptr<storage::Database> database;
  storage::Acts acts;
  clinic::PlacesService places;
  clinic::PractitionerService staff;
  clinic::PatientService patients;
  clinic::ConsentService consents;
  clinic::VisitService visits;
  symptoms::ObservationService observations{knowledge::catalogue()};
  clinic::AuditService audit;
  rest::FhirServer fhir{acts};
  rest::Router router;
};

/// Who may write a type.
inline std::string writer_of(const std::string& type) {
  const bool clinics = type == "Organization" || type == "Location" || type == "Device" ||
                       type == "Practitioner";
  return clinics ? "admin" : "physiotherapist";
}

inline Json patient(const std::string& id, const std::string& family) {
  auto body = Json::parse(R"({"resourceType": "Patient", "birthDate": "1980-05-17",
    "gender": "female",
    "telecom": [{"system": "phone", "value": "+44 20 7946 0000"}],
    "identifier": [{"system": "urn:clinic:number", "value": "0"}],
    "address": [{"line": ["1 Quay, \"The Loft\""], "city": "Bristol"}]})");
  body["id"] = id;
  body["identifier"][0]["value"] = "number-" + id;
  body["name"] = Json::array({{{"family", family}, {"given", {"Ana", "Q"}}}});
  return body;
}

/// Something of each type.
inline std::vector<Json> small_clinic() {
  std::vector<Json> all;
  for (const char* text : {
           R"({"resourceType": "Organization", "id": "org", "active": true, "name": "Quay Physio"})",
           R"({"resourceType": "Location", "id": "site", "status": "active", "name": "Quay",
               "managingOrganization": {"reference": "Organization/org"},
               "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/timezone",
                              "valueCode": "Europe/London"}]})",
           R"({"resourceType": "Location", "id": "room", "status": "active", "name": "Room 1",
               "managingOrganization": {"reference": "Organization/org"},
               "partOf": {"reference": "Location/site"}})",
           R"({"resourceType": "Device", "id": "bed", "status": "active",
               "deviceName": [{"name": "Bed 1", "type": "user-friendly-name"}],
               "owner": {"reference": "Organization/org"},
               "location": {"reference": "Location/room"}})",
           R"({"resourceType": "Practitioner", "id": "pam", "active": true,
               "name": [{"text": "Pam Physio"}]})"})
    all.push_back(Json::parse(text));
  all.push_back(patient("p1", "=HYPERLINK(\"http://x\",\"y\")"));
  all.push_back(patient("p2", "Çelik"));
  for (const char* text : {
           R"({"resourceType": "Consent", "id": "c1", "status": "active",
               "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                                     "code": "treatment"}]},
               "category": [{"coding": [{"system": "urn:facet:consent", "code": "bed"}]}],
               "patient": {"reference": "Patient/p1"}, "dateTime": "2026-11-22T09:00:00Z",
               "policyRule": {"coding": [{
                 "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]}})",
           R"({"resourceType": "EpisodeOfCare", "id": "e1", "status": "active",
               "patient": {"reference": "Patient/p1"},
               "period": {"start": "2026-11-22T09:00:00Z"}})",
           R"({"resourceType": "Encounter", "id": "v1", "status": "in-progress",
               "subject": {"reference": "Patient/p1"},
               "episodeOfCare": [{"reference": "EpisodeOfCare/e1"}],
               "period": {"start": "2026-11-22T09:00:00Z"}})",
           R"({"resourceType": "Observation", "id": "o1", "status": "final",
               "code": {"coding": [{"system": "urn:facet:symptom", "code": "tennis_elbow"}]},
               "subject": {"reference": "Patient/p1"}, "encounter": {"reference": "Encounter/v1"},
               "effectiveDateTime": "2026-11-22T09:05:00Z", "valueInteger": 7,
               "bodySite": {"coding": [{"system": "urn:facet:side", "code": "right"}]},
               "note": [{"text": "-2+3\nsecond, \"line\""}]})"})
    all.push_back(Json::parse(text));
  return all;
}

}  // namespace facet::testing
