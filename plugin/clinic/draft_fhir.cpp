// SPDX-License-Identifier: MPL-2.0
#include "clinic/draft_fhir.h"

#include "base/uuid.h"
#include "rest/outcome.h"
#include "rest/reason.h"

namespace facet::clinic {
namespace {

using base::ErrorCode;
using base::Json;
using base::Result;
using rest::PathValues;
using rest::Request;
using rest::Response;
using storage::Act;

/// The Bundle as its author wrote it; its version is the moment of the last change.
Json write_draft(const Draft& draft) {
  auto body = Json::parse(draft.body);
  body["meta"] = {{"versionId", std::to_string(draft.updated_ms)},
                  {"lastUpdated", base::instant_text(draft.updated_ms)}};
  return body;
}

/// Parameters with one "draft" each: the visit, its patient, the moment of the last change.
Json write_list(const std::vector<Draft>& drafts) {
  Json list{{"resourceType", "Parameters"}};
  for (const auto& draft : drafts)
    list["parameter"].push_back(
        {{"name", "draft"},
         {"part",
          Json::array(
              {{{"name", "encounter"},
                {"valueReference", rest::reference("Encounter", draft.encounter_id)}},
               {{"name", "patient"},
                {"valueReference", rest::reference("Patient", draft.patient_id)}},
               {{"name", "updated"}, {"valueInstant", base::instant_text(draft.updated_ms)}}})}});
  return list;
}

/// Answers with what `fn` gives for a request that takes no parameters.
template <class Fn>
void answer(const Request& request, const std::string& id, Response& response, Fn&& fn) {
  if (!base::is_fhir_id(id))
    return rest::send_error(response, {ErrorCode::invalid, "id", "This is not a FHIR id.", {}});
  if (!request.query.empty())
    return rest::send_error(
        response,
        {ErrorCode::unsupported, request.query.front().first, "This takes no parameters.", {}});
  const Result<Json> body = fn();
  if (!body) return rest::send_error(response, body.error());
  if (!body->is_null()) return rest::send_fhir(response, 200, *body);
  response.begin(204);
}

}  // namespace

void mount_drafts(const DraftService& service, storage::Acts& acts, rest::FhirServer& fhir,
                  rest::Router& router) {
  const std::string path = "/fhir/Encounter/{id}/$draft";
  router.add("PUT", path,
             [&](const Request& request, const PathValues& values, Response& response) {
               answer(request, values[0], response, [&]() -> Result<Json> {
                 const auto if_match = rest::if_match_of(request.header("if-match"));
                 if (!if_match) return tl::unexpected<base::Error>(if_match.error());
                 return acts.write(request.principal, [&](Act& act) {
                   return service.save(act, values[0], request.body, *if_match).map(write_draft);
                 });
               });
             });
  router.add(
      "GET", path, [&](const Request& request, const PathValues& values, Response& response) {
        answer(request, values[0], response, [&] {
          return acts.read(request.principal,
                           [&](Act& act) { return service.find(act, values[0]).map(write_draft); });
        });
      });
  router.add("DELETE", path,
             [&](const Request& request, const PathValues& values, Response& response) {
               answer(request, values[0], response, [&] {
                 return acts.write(request.principal, [&](Act& act) -> Result<Json> {
                   if (auto ok = service.remove(act, values[0]); !ok) return base::pass(ok);
                   return Json();
                 });
               });
             });
  router.add("POST", "/fhir/Encounter/{id}/$sign",
             [&](const Request& request, const PathValues& values, Response& response) {
               answer(request, values[0], response, [&]() -> Result<Json> {
                 const auto reason = rest::reason_in(request);
                 if (!reason) return tl::unexpected<base::Error>(reason.error());
                 return acts.write(request.principal, [&](Act& act) -> Result<Json> {
                   act.reason = *reason;
                   auto bundle = service.to_sign(act, values[0]);
                   if (!bundle) return bundle;
                   auto signed_visit = fhir.run_transaction(act, std::move(*bundle));
                   if (!signed_visit) return signed_visit;
                   if (auto ok = service.remove(act, values[0]); !ok) return base::pass(ok);
                   return signed_visit;
                 });
               });
             });
  router.add("GET", "/fhir/Encounter/$drafts",
             [&](const Request& request, const PathValues&, Response& response) {
               std::optional<std::string> patient;
               for (const auto& [name, value] : request.query) {
                 const std::string id = value.starts_with("Patient/") ? value.substr(8) : value;
                 if (name != "patient" || patient || !base::is_fhir_id(id))
                   return rest::send_error(
                       response,
                       {ErrorCode::unsupported, name, "This takes one patient: ?patient=id.", {}});
                 patient = id;
               }
               const auto drafts = acts.read(request.principal,
                                             [&](Act& act) { return service.list(act, patient); });
               if (!drafts) return rest::send_error(response, drafts.error());
               rest::send_fhir(response, 200, write_list(*drafts));
             });
  fhir.declare("Encounter", {}, {"draft", "drafts", "sign"});
}

}  // namespace facet::clinic
