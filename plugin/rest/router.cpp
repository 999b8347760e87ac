// SPDX-License-Identifier: MPL-2.0
#include "rest/router.h"

#include "rest/outcome.h"

namespace facet::rest {
namespace {

using base::ErrorCode;

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto slash = path.find('/');
    segments.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash);
  }
  return segments;
}

bool is_placeholder(const std::string& segment) { return segment.starts_with('{'); }

/// How many literal segments match; nothing if the pattern does not fit.
std::optional<int> fit(const std::vector<std::string>& pattern,
                       const std::vector<std::string>& path, PathValues& values) {
  if (pattern.size() != path.size()) return {};
  int literals = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_placeholder(pattern[i])) {
      if (path[i].empty() || path[i].starts_with('$')) return {};
      values.push_back(path[i]);
    } else if (pattern[i] == path[i]) {
      ++literals;
    } else {
      return {};
    }
  }
  return literals;
}

bool is_utf8(std::string_view text) {
  try {
    base::Json(text).dump();
    return true;
  } catch (const base::Json::exception&) {
    return false;
  }
}

bool is_text(const Request& request) {
  bool good = is_utf8(request.path);
  for (const auto& [name, value] : request.query) good = good && is_utf8(name) && is_utf8(value);
  return good;
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler,
                 bool anonymous) {
  routes_.push_back({std::string(method), split(pattern), std::move(handler), anonymous});
}

void Router::dispatch(const Request& request, Response& response) const {
  if (!is_text(request))  // a database would refuse it later, as a failure
    return send_error(response, {ErrorCode::invalid, "", "The address is not UTF-8.", {}});
  auto address = request.path;
  if (address.size() > 1 && address.ends_with('/')) address.remove_suffix(1);
  const auto path = split(address);
  const Route* best = nullptr;
  PathValues best_values;
  int best_literals = -1;
  bool path_known = false;
  for (const auto& route : routes_) {
    PathValues values;
    const auto literals = fit(route.segments, path, values);
    if (!literals) continue;
    path_known = true;
    if (route.method != request.method || *literals <= best_literals) continue;
    best = &route;
    best_values = std::move(values);
    best_literals = *literals;
  }
  if (best != nullptr && (best->anonymous || request.authenticated))
    return best->handler(request, best_values, response);
  if (!request.authenticated)
    return send_fhir(response, 401,
                     operation_outcome({ErrorCode::denied, "", "Log in first.", {}}));
  if (path_known)
    return send_fhir(response, 405,
                     operation_outcome({ErrorCode::unsupported, "",
                                        "This address does not take " + std::string(request.method) +
                                            ".", {}}));
  send_error(response, {ErrorCode::not_found, "", "There is nothing at this address.", {}});
}

std::vector<std::string> Router::addresses() const {
  std::vector<std::string> all;
  for (const auto& route : routes_) {
    all.push_back(route.method + " ");
    for (const auto& segment : route.segments) all.back() += "/" + segment;
  }
  return all;
}

}  // namespace facet::rest
