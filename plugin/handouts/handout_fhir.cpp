// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_fhir.h"

#include "rest/outcome.h"

namespace facet::handouts {
namespace {

using base::Json;
using base::Result;

/// The language asked for in a Parameters body; en-GB if there is no body or it names none.
Result<std::string> language_of(std::string_view body) {
  std::string language = "en-GB";
  if (body.empty()) return language;
  const auto json = base::parse_json(body);
  if (!json) return tl::unexpected<base::Error>(json.error());
  rest::Reader r(*json, "Parameters");
  const auto& list = r.element("parameter");
  if (list.is_array() && list.size() == 1 && list[0].is_object() &&
      list[0].value("name", Json()) == "language" && list[0].contains("valueCode") &&
      list[0]["valueCode"].is_string())
    language = list[0]["valueCode"].get<std::string>();
  else if (!list.is_null())
    r.refuse("parameter", "This takes one parameter: {name: language, valueCode: en-GB}.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return language;
}

void give(const HandoutService& service, const rest::Request& request, const std::string& patient,
          rest::Response& response) {
  const auto language = language_of(request.body);
  if (!language) return rest::send_error(response, language.error());
  const auto document = service.give(request.principal, patient, *language);
  if (!document) return rest::send_error(response, document.error());
  rest::send_fhir(response, 201, write_document(*document));
}

void send_content(const HandoutService& service, storage::Acts& acts, const rest::Request& request,
                  const std::string& id, rest::Response& response) {
  const auto content = acts.read(request.principal,
                                 [&](storage::Act& act) { return service.content(act, id); });
  if (!content) return rest::send_error(response, content.error());
  response.begin(200);
  response.header("content-type", content->type);
  response.header("content-disposition", "inline; filename=\"handout.pdf\"");
  response.write(content->bytes);
}

}  // namespace

Json write_document(const Document& d) {
  Json body = rest::resource("DocumentReference", d.id, d.version.number, d.version.recorded_ms);
  body["status"] = d.status;
  body["docStatus"] = "final";
  body["type"] = rest::concept_of("urn:facet:document", "handout", "Patient handout");
  body["subject"] = rest::reference("Patient", d.patient_id);
  body["date"] = base::instant_text(d.given_ms);
  // FHIR hashes attachments with SHA-1; the stronger digest is Facet's extension.
  body["content"] = Json::array(
      {{{"attachment",
         {{"extension", Json::array({{{"url", "urn:facet:sha256"}, {"valueString", d.content_sha256}},
                                     {{"url", "urn:facet:text-version"},
                                      {"valueString", d.text_version}}})},
          {"contentType", d.content_type},
          {"language", d.language},
          {"url", "Binary/" + d.content_id},
          {"size", d.content_bytes},
          {"creation", base::instant_text(d.given_ms)}}}}});
  return body;
}

void mount_handouts(const HandoutService& service, storage::Acts& acts, rest::FhirServer& fhir,
                    rest::Router& router) {
  const auto& documents = service.documents;
  // Made by $handout only.
  fhir.add(clinic::fhir_type<Document>(documents, nullptr, write_document,
                                       {{clinic::by_patient(), rest::token("status", "status"),
                                         rest::date("date", "given_ms")},
                                        "given_ms",
                                        &Document::given_ms}));
  router.add("POST", "/fhir/Patient/{id}/$handout",
             [&service](const auto& request, const auto& values, auto& response) {
               give(service, request, values[0], response);
             });
  router.add("GET", "/fhir/Binary/{id}",
             [&service, &acts](const auto& request, const auto& values, auto& response) {
               send_content(service, acts, request, values[0], response);
             });
}

}  // namespace facet::handouts
