// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>

#include "rest/message.h"

namespace facet::rest {

/// The values of a route's {placeholders}, in order.
using PathValues = std::vector<std::string>;
using Handler = std::function<void(const Request&, const PathValues&, Response&)>;

/// Sends a request to the handler of its method and path. Filled at start-up, then read only.
/// Threads: safe once filled.
class Router {
 public:
  /// `pattern` is e.g. "/fhir/Patient/{id}"; a placeholder is one path segment. A route with literal
  /// segments wins over one with placeholders. `anonymous` routes need nobody logged in.
  void add(std::string_view method, std::string_view pattern, Handler handler,
           bool anonymous = false);

  /// Answers 401, 404 or 405 with an OperationOutcome where no handler does.
  void dispatch(const Request& request, Response& response) const;

  /// Everything that is served, as "GET /fhir/Patient/{id}".
  std::vector<std::string> addresses() const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;
    Handler handler;
    bool anonymous;
  };
  std::vector<Route> routes_;
};

}  // namespace facet::rest
