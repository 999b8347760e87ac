// SPDX-License-Identifier: MPL-2.0
#include "orders/gate_fhir.h"

#include "base/interval.h"
#include "base/time_text.h"
#include "base/uuid.h"
#include "rest/outcome.h"

namespace facet::orders {
namespace {

using base::Json;
using base::Result;
using clinic::Permission;
using storage::Act;

/// As long before the slot as check-in begins (scheduling): from then on, today's questions count.
constexpr std::int64_t soon_ms = 9 * base::minute_ms;
constexpr int most_decisions = 50;

struct Question {
  std::string patient_id;
  std::string service_request_id;
  std::optional<std::int64_t> at_ms;
};

Result<Question> read_question(const rest::Request& request, const std::string& patient_id) {
  Question question{patient_id, {}, {}};
  for (const auto& [name, value] : request.query) {
    if (name == "service-request" && question.service_request_id.empty()) {
      question.service_request_id =
          value.starts_with("ServiceRequest/") ? value.substr(15) : std::string(value);
    } else if (name == "at" && !question.at_ms) {
      question.at_ms = base::parse_instant(value);
      if (!question.at_ms)
        return base::invalid("at", "This must be a date and time with its offset.");
    } else {
      return base::fail(base::ErrorCode::unsupported, name,
                        "This takes service-request and at, each once.");
    }
  }
  if (!base::is_fhir_id(patient_id)) return base::invalid("id", "This is not a FHIR id.");
  if (!base::is_fhir_id(question.service_request_id))
    return base::invalid("service-request", "Name the order, like service-request=id.");
  return question;
}

Json parameters() {
  return {{"resourceType", "Parameters"}, {"parameter", Json::array()}};
}

void add(Json& list, const char* name, const char* type, const Json& value) {
  list.push_back({{"name", name}, {type, value}});
}

Result<Json> look(const RecordGate& gate, Act& act, const Question& question) {
  if (auto ok = clinic::authorise(act, Permission::read_diary, 'R', "Patient", question.patient_id,
                                  {question.patient_id});
      !ok)
    return base::pass(ok);
  if (!clinic::patient_exists(act, question.patient_id))
    return base::fail(base::ErrorCode::not_found, "Patient", "There is no Patient with this id.");
  const auto at_ms = question.at_ms.value_or(act.now_ms);
  if (at_ms < act.now_ms - base::minute_ms) return base::invalid("at", "This time has passed.");
  auto answer = gate.look(act, question.patient_id, question.service_request_id,
                          at_ms <= act.now_ms + soon_ms, std::max(at_ms, act.now_ms));
  if (!answer) return base::pass(answer);
  Json body = parameters();
  add(body["parameter"], "open", "valueBoolean", answer->open);
  if (clinic::may(act.who, Permission::read_clinical))
    for (const auto& reason : answer->reasons) add(body["parameter"], "reason", "valueString", reason);
  else
    add(body["parameter"], "reason", "valueString", answer->open ? "Cleared." : no_clearance);
  return body;
}

Result<Json> history(Act& act, const std::string& patient_id) {
  const auto permission = clinic::may(act.who, Permission::read_clinical) ? Permission::read_clinical
                                                                          : Permission::read_audit;
  if (auto ok = clinic::authorise(act, permission, 'R', "Patient", patient_id, {patient_id}); !ok)
    return base::pass(ok);
  Json body = parameters();
  for (const auto& [asked_at, for_ms, decided_ms, open, reasons] :
       act.tx.query<std::string, std::int64_t, std::int64_t, bool, std::string>(
           "select asked_at, for_ms, decided_ms, open, reasons from gate_decision where "
           "patient_id = :patient order by decided_ms desc, id desc limit :most",
           patient_id, most_decisions)) {
    Json parts = Json::array();
    add(parts, "asked-at", "valueCode", asked_at);
    add(parts, "for", "valueInstant", base::instant_text(for_ms));
    add(parts, "decided", "valueInstant", base::instant_text(decided_ms));
    add(parts, "open", "valueBoolean", open);
    for (const auto& reason : Json::parse(reasons)) add(parts, "reason", "valueString", reason);
    body["parameter"].push_back({{"name", "decision"}, {"part", std::move(parts)}});
  }
  return body;
}

void answer(const Result<Json>& body, rest::Response& response) {
  if (!body) return rest::send_error(response, body.error());
  rest::send_fhir(response, 200, *body);
}

}  // namespace

void mount_gate(const RecordGate& gate, storage::Acts& acts, rest::FhirServer& fhir,
                rest::Router& router) {
  fhir.declare("Patient", {}, {"gate", "gate-history"});
  router.add("GET", "/fhir/Patient/{id}/$gate",
             [&](const rest::Request& request, const rest::PathValues& values,
                 rest::Response& response) {
               const auto question = read_question(request, values[0]);
               if (!question) return rest::send_error(response, question.error());
               answer(acts.read(request.principal,
                                [&](Act& act) { return look(gate, act, *question); }),
                      response);
             });
  router.add("GET", "/fhir/Patient/{id}/$gate-history",
             [&](const rest::Request& request, const rest::PathValues& values,
                 rest::Response& response) {
               if (!request.query.empty())
                 return rest::send_error(response, {base::ErrorCode::unsupported,
                                                    request.query.front().first,
                                                    "This takes no parameters.", {}});
               answer(acts.read(request.principal,
                                [&](Act& act) { return history(act, values[0]); }),
                      response);
             });
}

}  // namespace facet::orders
