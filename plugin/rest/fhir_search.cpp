// SPDX-License-Identifier: MPL-2.0
// FhirServer's searching: from the parameters of a request to a Bundle.
#include <algorithm>
#include <charconv>
#include <set>

#include "base/uuid.h"
#include "rest/fhir_server.h"
#include "rest/form.h"
#include "rest/outcome.h"

namespace facet::rest {
namespace {

using base::ErrorCode;
using base::Json;
using base::Result;
using base::Status;
using storage::Act;

constexpr int most_results = 200;
constexpr std::size_t most_includes = 10;

struct Asked {
  SearchQuery query;
  Includes includes;
};

const SearchParameter* parameter_of(const FhirType& type, std::string_view name) {
  for (const auto& one : type.search_parameters)
    if (one.name == name) return &one;
  return nullptr;
}

Status read_count(const std::string& value, SearchQuery& query) {
  int count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (error != std::errc() || end != value.data() + value.size() || count < 1)
    return base::invalid("_count", "_count must be a whole number from 1 to 200.");
  query.count = std::min(count, most_results);
  return {};
}

Status read_include(const std::string& name, const std::string& value,
                    std::vector<Includes::One>& list) {
  const auto colon = value.find(':');
  if (colon == std::string::npos || list.size() == most_includes)
    return base::invalid(
        name, "This names a type and its parameter, like Encounter:patient; at most 10.");
  list.push_back({value.substr(0, colon), value.substr(colon + 1)});
  return {};
}

Status read_parameter(const FhirType& type, const std::string& name, const std::string& value,
                      Asked& asked) {
  if (name == "_count") return read_count(value, asked.query);
  if (name == "_include") return read_include(name, value, asked.includes.forward);
  if (name == "_revinclude") return read_include(name, value, asked.includes.reverse);
  if (name == "_page") {
    asked.query.after = parse_cursor(value);
    if (asked.query.after) return {};
    return base::invalid("_page", "Follow the \"next\" link of a page as it is.");
  }
  const bool common = type.searches_columns && (name == "_id" || name == "_lastUpdated");
  if (!common && parameter_of(type, name) == nullptr)
    return base::fail(ErrorCode::unsupported, name,
                      type.name + " cannot be searched by \"" + name.substr(0, 64) + "\".");
  asked.query.parameters.emplace_back(name, value);
  return {};
}

Result<Asked> read_search(const FhirType& type, const Pairs& parameters) {
  Asked asked;
  for (const auto& [name, value] : parameters)
    if (auto ok = read_parameter(type, name, value, asked); !ok) return base::pass(ok);
  return asked;
}

std::string address_of(const Json& resource) {
  return resource["resourceType"].get<std::string>() + "/" + resource["id"].get<std::string>();
}

/// The targets of an element that holds a Reference or a list of them.
std::vector<std::string> targets_in(const Json& resource, const std::string& element) {
  std::vector<std::string> targets;
  const auto add = [&](const Json& one) {
    if (one.is_object() && one.contains("reference") && one["reference"].is_string())
      targets.push_back(one["reference"].get<std::string>());
  };
  const auto found = resource.find(element);
  if (found == resource.end()) return targets;
  if (found->is_array())
    for (const auto& one : *found) add(one);
  else
    add(*found);
  return targets;
}

/// The entries of a searchset; each resource once.
class Entries {
 public:
  void add(const Json& resource, const char* mode) {
    if (const auto address = address_of(resource); seen_.insert(address).second)
      list_.push_back({{"fullUrl", address}, {"resource", resource}, {"search", {{"mode", mode}}}});
  }
  bool has(const std::string& address) const { return seen_.count(address) > 0; }
  Json take() { return std::move(list_); }

 private:
  Json list_ = Json::array();
  std::set<std::string> seen_;
};

Json bundle_of(const char* type, Json entries) {
  Json bundle{{"resourceType", "Bundle"}, {"type", type}};
  if (!entries.empty()) bundle["entry"] = std::move(entries);
  return bundle;
}

Json link(const char* relation, const std::string& type, const Pairs& parameters) {
  const auto text = form_text(parameters);
  return {{"relation", relation}, {"url", type + (text.empty() ? "" : "?" + text)}};
}

/// "self" and, unless this is the last page, "next".
Json links_of(const FhirType& type, Pairs parameters, const std::optional<Cursor>& next) {
  Json links = Json::array({link("self", type.name, parameters)});
  if (!next) return links;
  std::erase_if(parameters, [](const auto& pair) { return pair.first == "_page"; });
  parameters.emplace_back("_page", cursor_text(*next));
  links.push_back(link("next", type.name, parameters));
  return links;
}

/// What includes name must be there, and point the right way.
const SearchParameter* included(const FhirType* holder, const Includes::One& one) {
  const auto* parameter = holder == nullptr ? nullptr : parameter_of(*holder, one.parameter);
  return parameter == nullptr || parameter->element.empty() ? nullptr : parameter;
}

tl::unexpected<base::Error> cannot(const char* name, const Includes::One& one) {
  return base::fail(
      ErrorCode::unsupported, name,
      "Facet does not include by " + (one.type + ":" + one.parameter).substr(0, 128) + ".");
}

}  // namespace

Result<FhirServer::Searched> FhirServer::run_search(Act& act, const FhirType& type,
                                                    const SearchQuery& query,
                                                    const Includes& includes) const {
  auto found = type.search(act, query);
  if (!found) return base::pass(found);
  Entries entries;
  for (const auto& resource : found->resources) entries.add(resource, "match");
  for (const auto& one : includes.forward) {
    const auto* parameter = included(one.type == type.name ? &type : nullptr, one);
    const auto* target = parameter == nullptr ? nullptr : find(parameter->target);
    if (target == nullptr || !target->read) return cannot("_include", one);
    for (const auto& resource : found->resources)
      for (const auto& address : targets_in(resource, parameter->element)) {
        if (!address.starts_with(target->name + "/") || entries.has(address)) continue;
        const auto read = target->read(act, address.substr(target->name.size() + 1), {});
        if (!read && read.error().code == ErrorCode::not_found) continue;  // kept by another system
        if (!read) return tl::unexpected<base::Error>(read.error());
        entries.add(*read, "include");
      }
  }
  for (const auto& one : includes.reverse) {
    const auto* holder = find(one.type);
    const auto* parameter = included(holder, one);
    if (parameter == nullptr || parameter->target != type.name || !holder->search)
      return cannot("_revinclude", one);
    for (const auto& resource : found->resources) {
      SearchQuery asked;
      asked.count = most_results;
      asked.parameters.emplace_back(one.parameter, resource["id"].get<std::string>());
      auto referring = holder->search(act, asked);
      if (!referring) return base::pass(referring);
      for (const auto& each : referring->resources) entries.add(each, "include");
    }
  }
  return Searched{entries.take(), std::move(found->next)};
}

void FhirServer::search(const FhirType& type, const Request& request, const Pairs& parameters,
                        Response& response) {
  const auto asked = read_search(type, parameters);
  if (!asked) return send_error(response, asked.error());
  auto searched = acts_.read(request.principal, [&](Act& act) {
    return run_search(act, type, asked->query, asked->includes);
  });
  if (!searched) return send_error(response, searched.error());
  Json bundle = bundle_of("searchset", {});
  bundle["link"] = links_of(type, parameters, searched->next);
  if (!searched->entries.empty()) bundle["entry"] = std::move(searched->entries);
  send_fhir(response, 200, bundle);
}

void FhirServer::search_form(const FhirType& type, const Request& request, Response& response) {
  const auto content_type = request.header("content-type").value_or("");
  if (!content_type.starts_with("application/x-www-form-urlencoded"))
    return send_error(response, {ErrorCode::unsupported,
                                 "Content-Type",
                                 "A search by POST is application/x-www-form-urlencoded.",
                                 {}});
  auto form = parse_form(request.body);
  if (!form) return send_error(response, form.error());
  Pairs parameters = request.query;
  parameters.insert(parameters.end(), form->begin(), form->end());
  search(type, request, parameters, response);
}

void FhirServer::history(const FhirType& type, const Request& request, const std::string& id,
                         Response& response) {
  if (!base::is_fhir_id(id))
    return send_error(response, {ErrorCode::invalid, "id", "This is not a FHIR id.", {}});
  if (!request.query.empty())
    return send_error(response, {ErrorCode::unsupported,
                                 request.query.front().first,
                                 "A history takes no parameters.",
                                 {}});
  const auto versions =
      acts_.read(request.principal, [&](Act& act) { return type.history(act, id); });
  if (!versions) return send_error(response, versions.error());
  Json entries = Json::array();
  for (const auto& one : *versions) {
    const auto& version = one["meta"]["versionId"].get_ref<const std::string&>();
    const bool first = version == "1";
    entries.push_back(
        {{"fullUrl", type.name + "/" + id},
         {"resource", one},
         {"request",
          {{"method", first ? "POST" : "PUT"}, {"url", first ? type.name : type.name + "/" + id}}},
         {"response",
          {{"status", first ? "201 Created" : "200 OK"},
           {"etag", "W/\"" + version + "\""},
           {"lastModified", one["meta"]["lastUpdated"]}}}});
  }
  Json bundle = bundle_of("history", std::move(entries));
  bundle["total"] = versions->size();
  send_fhir(response, 200, bundle);
}

}  // namespace facet::rest
