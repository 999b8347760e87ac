// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/principal.h"

namespace facet::rest {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// One request as it came through the door. Views live as long as the call.
struct Request {
  std::string_view method;  // upper-case
  std::string_view path;    // below the mount, decoded, begins with '/'
  Pairs query;
  Pairs headers;  // names in lower case
  std::string_view body;
  base::Principal principal;
  bool authenticated = false;

  std::optional<std::string_view> header(std::string_view name) const;
  /// The first value of a query parameter.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Where an answer goes, in order: begin, headers, chunks. `write` and `flush` are false once the
/// reader is gone: stop producing.
class Response {
 public:
  virtual ~Response() = default;
  virtual void begin(int http_status) = 0;
  virtual void header(std::string_view name, std::string_view value) = 0;
  virtual bool write(std::string_view chunk) = 0;
  virtual bool flush() = 0;
};

}  // namespace facet::rest
