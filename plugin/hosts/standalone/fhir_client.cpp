// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/fhir_client.h"

#include "hosts/standalone/outcome.h"

namespace facet::hosts {
namespace {

Pairs split_query(const std::string& query) {
  Pairs pairs;
  size_t start = 0;
  while (start < query.size()) {
    const size_t end = std::min(query.find('&', start), query.size());
    const std::string part = query.substr(start, end - start);
    const size_t equals = std::min(part.find('='), part.size());
    pairs.emplace_back(part.substr(0, equals), part.substr(std::min(equals + 1, part.size())));
    start = end + 1;
  }
  return pairs;
}

}  // namespace

Request FhirClient::request(const std::string& method, const std::string& path,
                            const Json& body) const {
  Request request;
  request.method = method;
  const size_t mark = path.find('?');
  request.path = path.substr(0, mark);
  if (mark != std::string::npos) request.query = split_query(path.substr(mark + 1));
  if (!body.is_null()) {
    request.headers.emplace_back("content-type", "application/fhir+json");
    request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  request.principal = principal_;
  request.remote = "local";
  return request;
}

Response FhirClient::ask(const std::string& method, const std::string& path, const Json& body) {
  return ask(request(method, path, body));
}

Response FhirClient::ask(const Request& request) {
  Response response = plugin_.call(request);
  if (response.status / 100 != 2) throw Refused(response.status, explain(response));
  return response;
}

Json FhirClient::parse(const Response& response) {
  if (response.body.empty()) return nullptr;
  Json json = Json::parse(response.body, nullptr, false);
  if (json.is_discarded()) throw HostError("the plugin answered with malformed JSON");
  return json;
}

Json FhirClient::post_text(const std::string& path, const std::string& body) {
  Request asked = request("POST", path, nullptr);
  asked.body = body;
  return parse(ask(asked));
}

Json FhirClient::put(const Json& resource) {
  return parse(ask("PUT",
                   "/fhir/" + resource.at("resourceType").get<std::string>() + "/" +
                       resource.at("id").get<std::string>(),
                   resource));
}

}  // namespace facet::hosts
