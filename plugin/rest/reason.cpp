// SPDX-License-Identifier: MPL-2.0
#include "rest/reason.h"

#include "rest/reader.h"

namespace facet::rest {

using base::Json;
using base::Result;

namespace {
constexpr std::size_t most_reason_bytes = 1000;
}

Result<std::string> reason_of(const Json& provenance) {
  Reader r(provenance, "Provenance");
  const auto& list = r.element("reason");
  r.element("target");
  r.element("recorded");
  r.element("agent");
  const bool good = list.is_array() && list.size() == 1 && list[0].is_object() &&
                    list[0].size() == 1 && list[0].contains("text") && list[0]["text"].is_string() &&
                    !list[0]["text"].get_ref<const std::string&>().empty() &&
                    list[0]["text"].get_ref<const std::string&>().size() <= most_reason_bytes;
  if (!good) r.refuse("reason", "This must be one reason with a text of at most 1000 bytes.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return list[0]["text"].get<std::string>();
}

Result<std::string> reason_in(const Request& request) {
  const auto header = request.header("x-provenance");
  if (!header) return std::string();
  const auto provenance = base::parse_json(*header);
  if (!provenance) return base::fail(provenance.error().code, "X-Provenance", provenance.error().message);
  return reason_of(*provenance);
}

}  // namespace facet::rest
