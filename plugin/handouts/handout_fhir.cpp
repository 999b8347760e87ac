// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_fhir.h"

#include "rest/outcome.h"
#include "rest/reason.h"

namespace facet::handouts {
namespace {

using base::Json;
using base::Result;

/// How each parameter's value comes in FHIR.
constexpr std::pair<const char*, const char*> value_names[] = {
    {"language", "valueCode"}, {"track", "valueCode"},      {"paper", "valueCode"},
    {"text-size", "valueCode"}, {"sides", "valueCode"},     {"booklet", "valueBoolean"},
    {"delivery", "valueCode"}, {"recipient", "valueReference"}};

/// The value as text; nothing if it is not of the kind that its name takes.
std::optional<std::string> text_of(const Json& parameter, const char* value_name) {
  if (parameter.size() != 2 || !parameter.contains(value_name)) return {};
  const auto& value = parameter[value_name];
  const std::string kind = value_name;
  if (kind == "valueBoolean" && value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (kind == "valueCode" && value.is_string()) return value.get<std::string>();
  if (kind == "valueReference" && value.is_object() && value.size() == 1 &&
      value.contains("reference") && value["reference"].is_string())
    return value["reference"].get<std::string>();
  return {};
}

Result<std::pair<std::string, std::string>> read_parameter(const Json& parameter) {
  if (!parameter.is_object() || !parameter.contains("name") || !parameter["name"].is_string())
    return base::invalid("Parameters.parameter", "A parameter has a name and a value.");
  auto name = parameter["name"].get<std::string>();
  for (const auto& [known, value_name] : value_names) {
    if (name != known) continue;
    auto text = text_of(parameter, value_name);
    if (!text) return base::invalid(name, "This takes one " + std::string(value_name) + ".");
    return std::pair{std::move(name), std::move(*text)};
  }
  return std::pair{std::move(name), std::string()};  // read_wish says what there is
}

void give(const HandoutService& service, const rest::Request& request, const std::string& patient,
          rest::Response& response) {
  const auto parameters = read_parameters(request.body);
  if (!parameters) return rest::send_error(response, parameters.error());
  const auto wish = read_wish(*parameters, WishFor::patient);
  if (!wish) return rest::send_error(response, wish.error());
  const auto document = service.give(request.principal, patient, *wish);
  if (!document) return rest::send_error(response, document.error());
  rest::send_fhir(response, 201, write_document(*document));
}

void take_back(const HandoutService& service, storage::Acts& acts, const rest::Request& request,
               const std::string& id, rest::Response& response) {
  const auto reason = rest::reason_in(request);
  if (!reason) return rest::send_error(response, reason.error());
  const auto document = acts.write(request.principal, [&](storage::Act& act) {
    act.reason = *reason;
    return service.take_back(act, id);
  });
  if (!document) return rest::send_error(response, document.error());
  rest::send_fhir(response, 200, write_document(*document));
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

Result<rest::Pairs> read_parameters(std::string_view body) {
  rest::Pairs pairs;
  if (body.empty()) return pairs;
  const auto json = base::parse_json(body);
  if (!json) return tl::unexpected<base::Error>(json.error());
  rest::Reader r(*json, "Parameters");
  const auto& list = r.element("parameter");
  if (!list.is_null() && !list.is_array()) r.refuse("parameter", "This must be a list.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  for (const auto& parameter : list) {
    auto pair = read_parameter(parameter);
    if (!pair) return base::pass(pair);
    pairs.push_back(std::move(*pair));
  }
  return pairs;
}

namespace {

/// The form, what it is for, and how it was given.
Json form_of(const Document& d) {
  Json list = Json::array();
  const auto add = [&](const char* url, const char* kind, const Json& value) {
    list.push_back({{"url", std::string("urn:facet:") + url}, {kind, value}});
  };
  if (d.track) add("track", "valueCode", *d.track);
  add("paper", "valueCode", d.paper);
  add("text-size", "valueCode", d.text_size);
  if (d.sides) add("sides", "valueCode", *d.sides);
  add("booklet", "valueBoolean", d.booklet);
  if (d.language_asked) add("language-asked", "valueCode", *d.language_asked);
  if (d.delivery) add("delivery", "valueCode", *d.delivery);
  return list;
}

/// FHIR hashes attachments with SHA-1; the stronger digest is Facet's extension.
Json attachment_of(const Document& d) {
  return {{"extension",
           Json::array({{{"url", "urn:facet:sha256"}, {"valueString", d.content_sha256}},
                        {{"url", "urn:facet:text-version"}, {"valueString", d.text_version}}})},
          {"contentType", d.content_type},
          {"language", d.language},
          {"url", "Binary/" + d.content_id},
          {"size", d.content_bytes},
          {"creation", base::instant_text(d.given_ms)}};
}

}  // namespace

Json write_document(const Document& d) {
  Json body = rest::resource("DocumentReference", d.id, d.version.number, d.version.recorded_ms);
  body["extension"] = form_of(d);
  body["masterIdentifier"] = {{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:" + d.id}};
  body["status"] = d.status;
  body["docStatus"] = "final";
  body["type"] = rest::concept_of("urn:facet:document", "handout", "Patient handout");
  body["subject"] = rest::reference("Patient", d.patient_id);
  body["date"] = base::instant_text(d.given_ms);
  body["author"] = Json::array({{{"identifier", {{"system", "urn:facet:user"}, {"value", d.given_by}}}}});
  body["content"] = Json::array({{{"attachment", attachment_of(d)}}});
  // To whom it was given.
  body["context"] = {
      {"related", Json::array({d.recipient_id ? rest::reference("RelatedPerson", *d.recipient_id)
                                              : rest::reference("Patient", d.patient_id)})}};
  return body;
}

void mount_handouts(const HandoutService& service, storage::Acts& acts, rest::FhirServer& fhir,
                    rest::Router& router) {
  const auto& documents = service.documents;
  // Made by $handout only.
  fhir.add(clinic::fhir_type<Document>(documents, nullptr, write_document,
                                       {{clinic::by_patient(), rest::token("status", "status"),
                                         rest::token("language", "language"),
                                         rest::date("date", "given_ms")},
                                        "given_ms",
                                        &Document::given_ms}));
  router.add("POST", "/fhir/Patient/{id}/$handout",
             [&service](const auto& request, const auto& values, auto& response) {
               give(service, request, values[0], response);
             });
  fhir.declare("DocumentReference", {}, {"enter-in-error"});
  router.add("POST", "/fhir/DocumentReference/{id}/$enter-in-error",
             [&service, &acts](const auto& request, const auto& values, auto& response) {
               take_back(service, acts, request, values[0], response);
             });
  router.add("GET", "/fhir/Binary/{id}",
             [&service, &acts](const auto& request, const auto& values, auto& response) {
               send_content(service, acts, request, values[0], response);
             });
}

}  // namespace facet::handouts
