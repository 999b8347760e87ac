// SPDX-License-Identifier: MPL-2.0
#include "bedlink/fields.h"

#include <limits>

#include "base/time_text.h"
#include "base/uuid.h"

namespace facet::bedlink {

using base::Json;

Fields::Fields(const Json& object) : object_(object) {
  if (!object.is_object()) stop(LinkCode::format, "an object is expected");
}

void Fields::stop(LinkCode code, std::string text) {
  if (!refusal_) refusal_ = Refusal{code, std::move(text)};
}

const Json* Fields::find(const char* name, bool required) {
  known_.insert(name);
  if (!object_.is_object()) return nullptr;
  const auto at = object_.find(name);
  if (at != object_.end()) return &*at;
  if (required) stop(LinkCode::format, std::string(name) + " is missing");
  return nullptr;
}

std::string Fields::text(const char* name, std::size_t min_length, std::size_t max_length) {
  const Json* value = find(name, true);
  if (!value) return {};
  if (!value->is_string()) {
    stop(LinkCode::format, std::string(name) + " must be a string");
    return {};
  }
  auto read = value->get<std::string>();
  if (read.size() < min_length || read.size() > max_length)
    stop(LinkCode::format, std::string(name) + " is too short or too long");
  return read;
}

std::string Fields::optional_text(const char* name, std::size_t max_length) {
  return find(name, false) ? text(name, 0, max_length) : std::string();
}

std::string Fields::id(const char* name) {
  auto read = text(name, 1, 64);
  if (good() && !base::is_fhir_id(read)) stop(LinkCode::format, std::string(name) + " is no id");
  return read;
}

std::string Fields::optional_id(const char* name) {
  const Json* value = find(name, false);
  if (!value || (value->is_string() && value->get_ref<const std::string&>().empty())) return {};
  return id(name);
}

std::int64_t Fields::integer(const char* name, std::int64_t min, std::int64_t max) {
  const Json* value = find(name, true);
  if (!value) return min;
  if (!value->is_number_integer()) {
    stop(LinkCode::format, std::string(name) + " must be an integer");
    return min;
  }
  const bool huge = value->is_number_unsigned() &&
                    value->get<std::uint64_t>() >
                        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const auto read = huge ? std::numeric_limits<std::int64_t>::max() : value->get<std::int64_t>();
  if (huge || read < min || read > max)
    stop(LinkCode::limit, std::string(name) + " is out of bounds");
  return read;
}

std::int64_t Fields::optional_integer(const char* name, std::int64_t min, std::int64_t max,
                                      std::int64_t otherwise) {
  return find(name, false) ? integer(name, min, max) : otherwise;
}

bool Fields::flag(const char* name) {
  const Json* value = find(name, true);
  if (value && !value->is_boolean()) stop(LinkCode::format, std::string(name) + " must be a flag");
  return value && value->is_boolean() && value->get<bool>();
}

std::int64_t Fields::instant(const char* name) {
  const auto read = text(name, 20, 35);
  const auto ms = base::parse_instant(read);
  if (good() && !ms) stop(LinkCode::format, std::string(name) + " is no RFC 3339 instant");
  return ms.value_or(0);
}

std::vector<std::string> Fields::texts(const char* name, std::size_t max_count,
                                       std::size_t max_length) {
  std::vector<std::string> read;
  const Json* values = array(name, max_count);
  if (!values || !good()) return read;
  for (const auto& value : *values) {
    if (!value.is_string() || value.get_ref<const std::string&>().size() > max_length) {
      stop(LinkCode::format, std::string(name) + " must hold short strings");
      return read;
    }
    read.push_back(value.get<std::string>());
  }
  return read;
}

const Json* Fields::array(const char* name, std::size_t max_count) {
  const Json* value = find(name, true);
  if (value && (!value->is_array() || value->size() > max_count)) {
    stop(LinkCode::format, std::string(name) + " must be an array within bounds");
    return nullptr;
  }
  return value;
}

const Json* Fields::object(const char* name) {
  const Json* value = find(name, true);
  if (value && !value->is_object()) {
    stop(LinkCode::format, std::string(name) + " must be an object");
    return nullptr;
  }
  return value;
}

void Fields::require(bool holds, LinkCode code, const char* text) {
  if (!holds) stop(code, text);
}

Checked<void> Fields::finish() {
  if (!refusal_ && object_.contains("crit")) {
    for (const auto& name : texts("crit", 16, 64))
      if (!known_.contains(name))
        stop(LinkCode::unsupported_version, "crit names a field that is not known here");
  }
  if (refusal_) return tl::unexpected<Refusal>(*refusal_);
  return {};
}

}  // namespace facet::bedlink
