// SPDX-License-Identifier: MPL-2.0
#include "rest/fhir_server.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/time_text.h"
#include "base/uuid.h"
#include "rest/outcome.h"
#include "rest/reason.h"

namespace facet::rest {

using base::ErrorCode;
using base::Json;
using base::Result;
using storage::Act;

namespace {

constexpr std::size_t most_entries = 200;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return {};
  return number;
}

bool says(const Json& object, const char* name, const char* text) {
  const auto found = object.find(name);
  return found != object.end() && *found == text;
}

/// The text of an element; nothing if it is absent or no text.
std::optional<std::string> text_in(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  return found->get<std::string>();
}

const char* name_of(SearchKind kind) {
  switch (kind) {
    case SearchKind::token: return "token";
    case SearchKind::reference: return "reference";
    case SearchKind::date: return "date";
    case SearchKind::string: return "string";
    case SearchKind::number: return "number";
  }
  return "token";
}

/// CapabilityStatement.rest.resource of a type.
Json describe(const FhirType& type) {
  Json resource{{"type", type.name}, {"interaction", Json::array()}};
  const auto offer = [&](const char* code) { resource["interaction"].push_back({{"code", code}}); };
  if (type.read) {
    offer("read");
    offer("vread");
    resource["versioning"] = "versioned";
  }
  if (type.history) offer("history-instance");
  if (type.accept) {
    offer("create");
    offer("update");
    resource["updateCreate"] = true;
  }
  if (type.search) offer("search-type");
  if (type.searches_columns) {
    resource["searchParam"].push_back({{"name", "_id"}, {"type", "token"}});
    resource["searchParam"].push_back({{"name", "_lastUpdated"}, {"type", "date"}});
  }
  for (const auto& parameter : type.search_parameters) {
    resource["searchParam"].push_back({{"name", parameter.name}, {"type", name_of(parameter.kind)}});
    if (!parameter.element.empty())
      resource["searchInclude"].push_back(type.name + ":" + parameter.name);
  }
  return resource;
}

/// One entry of a transaction, understood.
struct Entry {
  std::string type, id;
  std::optional<std::int64_t> if_match;
  std::string temporary;  // the "urn:uuid:..." that others may refer to; empty if none
};

Result<Entry> read_entry(const Json& entry, std::int64_t now_ms) {
  if (!entry.is_object() || !entry.contains("resource") || !entry.contains("request") ||
      !entry["request"].is_object())
    return base::invalid("", "An entry needs a resource and a request.");
  const auto& request = entry["request"];
  for (const auto& [key, value] : request.items())
    if (key != "method" && key != "url" && key != "ifMatch")
      return base::invalid("request." + key, "Facet does not take this element.");
  const auto method = text_in(request, "method").value_or("");
  const auto url = text_in(request, "url").value_or("");
  const auto slash = url.find('/');
  const auto full_url = text_in(entry, "fullUrl").value_or("");
  const bool temporary = full_url.starts_with("urn:uuid:") && base::is_uuid(full_url.substr(9));
  Entry result;
  if (method == "POST" && slash == std::string::npos) {
    result.type = url;
    result.id = temporary ? full_url.substr(9) : base::uuid_v7(now_ms);
  } else if (method == "PUT" && slash != std::string::npos &&
             base::is_fhir_id(url.substr(slash + 1))) {
    result.type = url.substr(0, slash);
    result.id = url.substr(slash + 1);
    const auto& resource = entry["resource"];
    if (resource.is_object() && resource.contains("id") && resource["id"] != result.id)
      return base::invalid("resource.id", "The id in the resource differs from the request.");
  } else {
    return base::invalid("request", "A request is POST Type or PUT Type/id.");
  }
  if (temporary) result.temporary = full_url;
  if (request.contains("ifMatch")) {
    const auto if_match = if_match_of(text_in(request, "ifMatch").value_or(""));
    if (!if_match) return tl::unexpected<base::Error>(if_match.error());
    result.if_match = *if_match;
  }
  return result;
}

/// Says in which entry an error is: "Bundle.entry[2]: Observation.code".
tl::unexpected<base::Error> in_entry(std::size_t i, base::Error error) {
  error.field =
      "Bundle.entry[" + std::to_string(i) + "]" + (error.field.empty() ? "" : ": " + error.field);
  return tl::unexpected<base::Error>(std::move(error));
}

/// Points every reference to a temporary "urn:uuid:..." at the resource that the entry made.
void resolve_references(Json& node, const std::map<std::string, std::string>& made) {
  if (node.is_object()) {
    const auto found = node.find("reference");
    if (found != node.end() && found->is_string())
      if (const auto target = made.find(found->get<std::string>()); target != made.end())
        *found = target->second;
  }
  if (node.is_structured())
    for (auto& child : node) resolve_references(child, made);
}

/// The same in a whole transaction.
void resolve_temporary(Json& entries, const std::vector<Entry>& understood) {
  std::map<std::string, std::string> made;
  for (const auto& entry : understood)
    if (!entry.temporary.empty()) made[entry.temporary] = entry.type + "/" + entry.id;
  if (made.empty()) return;
  for (auto& one : entries) resolve_references(one["resource"], made);
}

/// Every refusal of a transaction's entries, the first one first.
class Refusals {
 public:
  void add(const Act& act, std::size_t i, base::Error error) {
    error = in_entry(i, std::move(error)).value();
    if (!first_) {
      first_ = std::move(error);
      accesses_ = act.accesses.size();
      return;
    }
    first_->reasons.push_back(error.field + ": " + error.message);
  }
  bool any() const { return first_.has_value(); }
  /// The audit trail keeps what was refused first.
  base::Error take(Act& act) {
    act.accesses.resize(std::min(accesses_, act.accesses.size()));
    return std::move(*first_);
  }

 private:
  std::optional<base::Error> first_;
  std::size_t accesses_ = 0;
};

}  // namespace

Result<std::optional<std::int64_t>> if_match_of(std::optional<std::string_view> text) {
  if (!text) return std::optional<std::int64_t>{};
  if (text->size() > 4 && text->starts_with("W/\"") && text->ends_with('"'))
    if (const auto number = number_in(text->substr(3, text->size() - 4))) return number;
  return base::invalid("If-Match", "If-Match must name a version, like W/\"3\".");
}

const FhirType* FhirServer::find(std::string_view name) const {
  for (const auto& type : types_)
    if (type.name == name) return &type;
  return nullptr;
}

void FhirServer::mount(Router& router) {
  router.add("GET", "/fhir/metadata",
             [body = capabilities()](const Request&, const PathValues&, Response& response) {
               send_fhir(response, 200, body);
             },
             true);
  router.add("POST", "/fhir", [this](const Request& request, const PathValues&, Response& response) {
    transaction(request, response);
  });
  for (const auto& type : types_) {
    const std::string path = "/fhir/" + type.name;
    if (type.search) {
      router.add("GET", path, [this, &type](const auto& request, const auto&, auto& response) {
        search(type, request, request.query, response);
      });
      router.add("POST", path + "/_search",
                 [this, &type](const auto& request, const auto&, auto& response) {
                   search_form(type, request, response);
                 });
    }
    if (type.history)
      router.add("GET", path + "/{id}/_history",
                 [this, &type](const auto& request, const auto& values, auto& response) {
                   history(type, request, values[0], response);
                 });
    if (type.read) {
      router.add("GET", path + "/{id}",
                 [this, &type](const auto& request, const auto& values, auto& response) {
                   read(type, request, values[0], {}, response);
                 });
      router.add("GET", path + "/{id}/_history/{version}",
                 [this, &type](const auto& request, const auto& values, auto& response) {
                   read(type, request, values[0], number_in(values[1]).value_or(0), response);
                 });
    }
    if (type.accept) {
      router.add("POST", path, [this, &type](const auto& request, const auto&, auto& response) {
        save(type, request, base::uuid_v7(acts_.clock().now_ms()), response);
      });
      router.add("PUT", path + "/{id}",
                 [this, &type](const auto& request, const auto& values, auto& response) {
                   save(type, request, values[0], response);
                 });
    }
  }
}

void FhirServer::read(const FhirType& type, const Request& request, const std::string& id,
                      std::optional<std::int64_t> version, Response& response) {
  if (!base::is_fhir_id(id))
    return send_error(response, {ErrorCode::invalid, "id", "This is not a FHIR id.", {}});
  const auto found =
      acts_.read(request.principal, [&](Act& act) { return type.read(act, id, version); });
  if (!found) return send_error(response, found.error());
  send_fhir(response, 200, *found);
}

void FhirServer::save(const FhirType& type, const Request& request, const std::string& id,
                      Response& response) {
  if (!base::is_fhir_id(id))
    return send_error(response, {ErrorCode::invalid, "id", "This is not a FHIR id.", {}});
  const auto if_match = if_match_of(request.header("if-match"));
  if (!if_match) return send_error(response, if_match.error());
  const auto body = base::parse_json(request.body);
  if (!body) return send_error(response, body.error());
  if (request.method == "PUT" && body->is_object() && body->value("id", Json(id)) != id)
    return send_error(response, {ErrorCode::invalid, type.name + ".id",
                                 "The id in the resource differs from the address.", {}});
  const auto reason = reason_in(request);
  if (!reason) return send_error(response, reason.error());
  const auto write = type.accept(id, *body);
  const auto saved = acts_.write(request.principal, [&](Act& act) -> Result<Saved> {
    if (!write) return tl::unexpected<base::Error>(write.error());
    act.reason = *reason;
    return (*write)(act, *if_match);
  });
  if (!saved) return send_error(response, saved.error());
  send_fhir(response, saved->created ? 201 : 200, saved->resource());
}

void FhirServer::transaction(const Request& request, Response& response) {
  auto bundle = base::parse_json(request.body);
  if (!bundle) return send_error(response, bundle.error());
  const auto read = read_transaction(std::move(*bundle));
  const auto answer = acts_.write(request.principal, [&](Act& act) { return run(act, read); });
  if (!answer) return send_error(response, answer.error());
  send_fhir(response, 200, *answer);
}

Result<Json> FhirServer::run_transaction(Act& act, Json bundle) const {
  return run(act, read_transaction(std::move(bundle)));
}

Result<FhirServer::Steps> FhirServer::read_transaction(Json bundle) const {
  if (!bundle.is_object() || !says(bundle, "resourceType", "Bundle") ||
      !says(bundle, "type", "transaction") || !bundle.contains("entry") ||
      !bundle["entry"].is_array())
    return base::invalid("Bundle", "This address takes a Bundle of type transaction.");
  auto& resources = bundle["entry"];
  if (resources.size() > most_entries)
    return base::fail(ErrorCode::too_large, "Bundle.entry", "A Bundle has at most 200 entries.");
  std::vector<Entry> entries;
  for (const auto& one : resources) {
    auto entry = read_entry(one, acts_.clock().now_ms());
    if (!entry) return in_entry(entries.size(), entry.error());
    entries.push_back(std::move(*entry));
  }
  resolve_temporary(resources, entries);
  Steps steps;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& body = resources[i]["resource"];
    Step step{entries[i].type, entries[i].id, entries[i].if_match, {}, nullptr};
    if (step.type == "Provenance") {
      auto reason = reason_of(body);
      if (!reason) return in_entry(i, reason.error());
      step.reason = std::move(*reason);
    } else {
      step.write = read_step(step.type, step.id, body);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

Result<Write> FhirServer::read_step(const std::string& type_name, const std::string& id,
                                    const Json& body) const {
  const auto* type = find(type_name);
  if (type == nullptr || !type->accept)
    return base::fail(ErrorCode::unsupported, "", "Facet does not write " + type_name + ".");
  return type->accept(id, body);
}

Result<Json> FhirServer::run(Act& act, const Result<Steps>& steps) const {
  if (!steps) return tl::unexpected<base::Error>(steps.error());
  for (std::size_t i = 0; i < steps->size(); ++i) {
    const auto& reason = (*steps)[i].reason;
    if (!reason) continue;
    if (!act.reason.empty())
      return in_entry(i, {ErrorCode::invalid, "Provenance", "A transaction has one reason.", {}});
    act.reason = *reason;
  }
  Json answers = Json::array();
  Refusals refusals;
  for (std::size_t i = 0; i < steps->size(); ++i) {
    const auto& step = (*steps)[i];
    auto answer = run_step(act, step);
    if (answer) {
      answers.push_back(std::move(*answer));
      continue;
    }
    refusals.add(act, i, answer.error());
    // Without the patient or the visit every record that names them would be refused as well.
    if (step.type == "Patient" || step.type == "Encounter") break;
  }
  if (refusals.any()) return tl::unexpected<base::Error>(refusals.take(act));
  Json bundle{{"resourceType", "Bundle"}, {"type", "transaction-response"}};
  bundle["entry"] = std::move(answers);
  return bundle;
}

Result<Json> FhirServer::run_step(Act& act, const Step& step) const {
  if (step.reason) return Json{{"response", {{"status", "201 Created"}}}};
  if (!step.write) return tl::unexpected<base::Error>(step.write.error());
  const auto saved = (*step.write)(act, step.if_match);
  if (!saved) return tl::unexpected<base::Error>(saved.error());
  const auto version = std::to_string(saved->version.number);
  return Json{{"response",
               {{"status", saved->created ? "201 Created" : "200 OK"},
                {"location", step.type + "/" + step.id + "/_history/" + version},
                {"etag", "W/\"" + version + "\""},
                {"lastModified", base::instant_text(saved->version.recorded_ms)}}}};
}

Json FhirServer::capabilities() const {
  Json resources = Json::array();
  for (const auto& type : types_) {
    resources.push_back(describe(type));
    if (!type.search) continue;
    for (const auto& other : types_)
      for (const auto& parameter : other.search_parameters)
        if (parameter.target == type.name && !parameter.element.empty())
          resources.back()["searchRevInclude"].push_back(other.name + ":" + parameter.name);
  }
  for (const auto& [name, interactions, operations] : declared_) {
    auto found = std::find_if(resources.begin(), resources.end(),
                              [&type = name](const Json& one) { return one["type"] == type; });
    if (found == resources.end()) found = resources.insert(found, Json{{"type", name}});
    for (const auto& code : interactions) (*found)["interaction"].push_back({{"code", code}});
    for (const auto& operation : operations)
      (*found)["operation"].push_back(
          {{"name", operation}, {"definition", "urn:facet:operation:" + operation}});
  }
  return {{"resourceType", "CapabilityStatement"},
          {"status", "active"},
          {"date", "2026-11-22"},
          {"kind", "instance"},
          {"implementation", {{"description", "Facet"}}},
          {"fhirVersion", "4.0.1"},
          {"format", Json::array({"json"})},
          {"rest", Json::array({{{"mode", "server"},
                                 {"resource", resources},
                                 {"interaction", Json::array({{{"code", "transaction"}}})}}})}};
}

}  // namespace facet::rest
