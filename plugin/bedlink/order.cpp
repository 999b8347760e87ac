// SPDX-License-Identifier: MPL-2.0
#include "bedlink/order.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/time_text.h"
#include "bedlink/fields.h"
#include "bedlink/jws.h"

namespace facet::bedlink {
namespace {
constexpr std::string_view order_type = "facet-order+jws";
constexpr std::string_view code_letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";  // no 0 O 1 I
static_assert(code_letters.size() == 32);
}  // namespace

bool is_zone(std::string_view text) {
  return std::find(zones.begin(), zones.end(), text) != zones.end();
}

MatchCode make_match_code() {
  MatchCode made;
  for (const char c : random_bytes(4))
    made.code += code_letters[static_cast<unsigned char>(c) % 32];
  made.salt = base64url(random_bytes(16));
  made.hash = sha256_hex(made.salt + made.code);
  return made;
}

bool matches(std::string_view typed, std::string_view salt, std::string_view hash) {
  std::string upper(typed);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return sha256_hex(std::string(salt) + upper) == hash;
}

std::string order_text(const Order& o) {
  base::Json json;
  json["order_id"] = o.order_id;
  json["bed_id"] = o.bed_id;
  json["counter"] = o.counter;
  json["patient_ref"] = o.patient_ref;
  json["match_code_salt"] = o.match_code_salt;
  json["match_code_hash"] = o.match_code_hash;
  json["program_id"] = o.program_id;
  json["program_version"] = o.program_version;
  json["regions"] = o.regions;
  json["duration_s"] = o.duration_s;
  json["max_force_n"] = o.max_force_n;
  json["ramp_n_s"] = o.ramp_n_s;
  json["min_gap_h"] = o.min_gap_h;
  json["contraindications_attested_by"] = o.attested_by;
  json["not_before"] = base::instant_text(o.not_before_ms);
  json["not_after"] = base::instant_text(o.not_after_ms);
  json["ttl_s"] = o.ttl_s;
  json["mode"] = o.mode;
  json["epoch"] = o.epoch;
  return json.dump();
}

Checked<Order> parse_order(std::string_view text) {
  const auto json = base::parse_json(text, {16 * 1024, 4});
  if (!json) return refuse(LinkCode::format, json.error().message);
  Fields f(*json);
  Order o;
  o.order_id = f.id("order_id");
  o.bed_id = f.id("bed_id");
  o.counter = f.integer("counter", 1, INT64_MAX);
  o.patient_ref = f.text("patient_ref", 1, 64);
  o.match_code_salt = f.text("match_code_salt", 16, 64);
  o.match_code_hash = f.text("match_code_hash", 64, 64);
  o.program_id = f.text("program_id", 1, 64);
  o.program_version = f.text("program_version", 1, 32);
  o.regions = f.texts("regions", zones.size(), 16);
  o.duration_s = f.integer("duration_s", 1, protocol_max_session_s);
  o.max_force_n = f.integer("max_force_n", 1, protocol_max_force_n);
  o.ramp_n_s = f.integer("ramp_n_s", 1, protocol_max_ramp_n_s);
  o.min_gap_h = f.integer("min_gap_h", 0, 24 * 30);
  o.attested_by = f.optional_text("contraindications_attested_by", 64);
  o.not_before_ms = f.instant("not_before");
  o.not_after_ms = f.instant("not_after");
  o.ttl_s = f.integer("ttl_s", 1, max_order_window_ms / 1000);
  o.mode = f.text("mode", 1, 16);
  o.epoch = static_cast<std::uint64_t>(f.integer("epoch", 0, INT64_MAX));
  f.require(!o.regions.empty() && std::all_of(o.regions.begin(), o.regions.end(), is_zone),
            LinkCode::format, "regions must be zones");
  f.require(std::set<std::string>(o.regions.begin(), o.regions.end()).size() == o.regions.size(),
            LinkCode::format, "regions must differ");
  f.require(o.mode == "supervised", LinkCode::format, "mode must be supervised");
  f.require(
      o.not_before_ms < o.not_after_ms && o.not_after_ms - o.not_before_ms <= max_order_window_ms,
      LinkCode::limit, "the window must be 12 hours or less");
  if (auto verdict = f.finish(); !verdict) return tl::unexpected<Refusal>(verdict.error());
  return o;
}

base::Result<std::string> sign_order(const Key& order_key, const Order& order) {
  const auto text = order_text(order);
  if (const auto readable = parse_order(text); !readable)
    return base::invalid("order",
                         "The bed would refuse this order: " + readable.error().text + ".");
  return sign_jws(order_key, order_type, text);
}

Checked<Order> verify_order(const Key& order_key, std::string_view jws) {
  if (jws.size() > 32 * 1024) return refuse(LinkCode::format, "the order is too large");
  const auto payload = verify_jws(order_key, order_type, jws);
  if (!payload) return refuse(LinkCode::signature, "the signature does not hold");
  return parse_order(*payload);
}

}  // namespace facet::bedlink
