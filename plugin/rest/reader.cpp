// SPDX-License-Identifier: MPL-2.0
#include "rest/reader.h"

#include "base/uuid.h"

namespace facet::rest {

using base::Json;

namespace {
const Json null_json;
}

Reader::Reader(const Json& resource, std::string type) : object_(resource), type_(std::move(type)) {
  taken_ = {"resourceType", "id", "meta"};
  if (!object_.is_object()) {
    refuse("", "A FHIR resource is a JSON object.");
    return;
  }
  const auto found = object_.find("resourceType");
  if (found == object_.end() || *found != type_)
    refuse("resourceType", "This address takes a " + type_ + ".");
}

void Reader::refuse(const std::string& field, const std::string& message) {
  if (error_) return;
  error_ = base::Error{base::ErrorCode::invalid, field.empty() ? type_ : type_ + "." + field, message, {}};
}

const Json* Reader::find(const std::string& name) {
  taken_.insert(name);
  if (error_ || !object_.is_object()) return nullptr;
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

void Reader::missing(const std::string& name) { refuse(name, "This element is required."); }

std::optional<std::string> Reader::optional_text(const std::string& name, std::size_t max_bytes) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string() || value->get_ref<const std::string&>().empty()) {
    refuse(name, "This must be text.");
    return {};
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > max_bytes || text.find('\0') != std::string::npos) {
    refuse(name, "This text is longer than " + std::to_string(max_bytes) + " bytes, or holds a NUL.");
    return {};
  }
  return text;
}

std::string Reader::text(const std::string& name, std::size_t max_bytes) {
  auto value = optional_text(name, max_bytes);
  if (!value) missing(name);
  return value.value_or("");
}

std::optional<std::int64_t> Reader::optional_integer(const std::string& name, std::int64_t min,
                                                     std::int64_t max) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  const bool whole = value->is_number_integer();
  const bool small = whole && (!value->is_number_unsigned() ||
                               value->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (!small || value->get<std::int64_t>() < min || value->get<std::int64_t>() > max) {
    refuse(name, "This must be a whole number from " + std::to_string(min) + " to " +
                     std::to_string(max) + ".");
    return {};
  }
  return value->get<std::int64_t>();
}

std::int64_t Reader::integer(const std::string& name, std::int64_t min, std::int64_t max) {
  const auto value = optional_integer(name, min, max);
  if (!value) missing(name);
  return value.value_or(min);
}

bool Reader::boolean(const std::string& name, bool default_value) {
  const auto* value = find(name);
  if (value == nullptr) return default_value;
  if (!value->is_boolean()) refuse(name, "This must be true or false.");
  return value->is_boolean() ? value->get<bool>() : default_value;
}

std::string Reader::code(const std::string& name, std::initializer_list<const char*> allowed) {
  const auto value = text(name, 64);
  std::string list;
  for (const char* one : allowed) {
    if (value == one) return value;
    list += (list.empty() ? "" : ", ") + std::string(one);
  }
  refuse(name, "This must be one of: " + list + ".");
  return *allowed.begin();
}

std::optional<std::int64_t> Reader::optional_instant(const std::string& name) {
  const auto value = optional_text(name, 64);
  if (!value) return {};
  const auto ms = base::parse_instant(*value);
  if (!ms) refuse(name, "This must be a date and time with its offset, like 2026-11-22T09:30:00Z.");
  return ms;
}

std::int64_t Reader::instant(const std::string& name) {
  const auto value = optional_instant(name);
  if (!value) missing(name);
  return value.value_or(0);
}

std::optional<std::string> Reader::optional_reference(const std::string& name,
                                                      const std::string& type) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  const std::string wanted = type + "/";
  if (value->is_object() && value->contains("reference") && (*value)["reference"].is_string()) {
    const auto& target = (*value)["reference"].get_ref<const std::string&>();
    if (target.starts_with(wanted) && base::is_fhir_id(target.substr(wanted.size())))
      return target.substr(wanted.size());
  }
  refuse(name, "This must be a reference to a " + type + ", like {\"reference\": \"" + wanted + "id\"}.");
  return {};
}

std::string Reader::reference(const std::string& name, const std::string& type) {
  auto value = optional_reference(name, type);
  if (!value) missing(name);
  return value.value_or("");
}

std::optional<std::string> Reader::optional_coding(const std::string& name,
                                                   const std::string& system) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  const Json* item = value->is_array() && value->size() == 1 ? &(*value)[0] : value;
  if (item->is_object() && item->contains("coding") && (*item)["coding"].is_array()) {
    for (const auto& one : (*item)["coding"])
      if (one.is_object() && one.value("system", Json()) == system && one.contains("code") &&
          one["code"].is_string())
        return one["code"].get<std::string>();
    return {};
  }
  refuse(name, "This must be a CodeableConcept with codings.");
  return {};
}

std::string Reader::coding(const std::string& name, const std::string& system) {
  auto value = optional_coding(name, system);
  if (!value) refuse(name, "This needs a coding of the system " + system + ".");
  return value.value_or("");
}

const Json& Reader::element(const std::string& name) {
  const auto* value = find(name);
  return value == nullptr ? null_json : *value;
}

std::vector<Json> Reader::whole_extensions(const std::string& url) {
  extension_urls_.insert(url);
  std::vector<Json> found;
  const auto* list = find("extension");
  if (list == nullptr || !list->is_array()) return found;
  for (const auto& one : *list)
    if (one.is_object() && one.value("url", Json()) == url) found.push_back(one);
  return found;
}

std::vector<Json> Reader::extensions(const std::string& url) {
  std::vector<Json> values;
  for (const auto& one : whole_extensions(url))
    for (const auto& [key, value] : one.items())
      if (key.starts_with("value")) values.push_back(value);
  return values;
}

std::int64_t Reader::extension_integer(const std::string& url, std::int64_t min, std::int64_t max,
                                       std::optional<std::int64_t> if_absent) {
  const auto values = extensions(url);
  if (values.empty() && if_absent) return *if_absent;
  const bool one = values.size() == 1 && values[0].is_number_integer();
  if (one && values[0] >= min && values[0] <= max) return values[0].get<std::int64_t>();
  refuse("extension", "The extension " + url + " must be one whole number from " +
                          std::to_string(min) + " to " + std::to_string(max) + ".");
  return min;
}

std::optional<std::string> Reader::extension_text(const std::string& url) {
  const auto values = extensions(url);
  if (values.empty()) return {};
  if (values.size() == 1 && values[0].is_string() &&
      values[0].get_ref<const std::string&>().size() <= 256)
    return values[0].get<std::string>();
  refuse("extension", "The extension " + url + " must be one short text.");
  return {};
}

base::Status Reader::finish() {
  if (!error_) {
    for (const auto& [name, value] : object_.items())
      if (!taken_.contains(name)) refuse(name, "Facet does not take this element.");
    const auto list = object_.find("extension");
    if (list != object_.end() && !list->is_array()) refuse("extension", "This must be a list.");
    if (list != object_.end() && list->is_array())
      for (const auto& one : *list)
        if (!one.is_object() || !one.contains("url") || !one["url"].is_string() ||
            !extension_urls_.contains(one["url"].get<std::string>()))
          refuse("extension", "Facet does not take this extension.");
  }
  if (error_) return tl::unexpected<base::Error>(*error_);
  return {};
}

Json reference(const std::string& type, const std::string& id) {
  return {{"reference", type + "/" + id}};
}

Json coding(const std::string& system, const std::string& code, const std::string& display) {
  Json result{{"system", system}, {"code", code}};
  if (!display.empty()) result["display"] = display;
  return result;
}

Json concept_of(const std::string& system, const std::string& code, const std::string& display) {
  return {{"coding", Json::array({coding(system, code, display)})}};
}

Json resource(const std::string& type, const std::string& id, std::int64_t version,
              std::int64_t recorded_ms) {
  return {{"resourceType", type},
          {"id", id},
          {"meta", {{"versionId", std::to_string(version)},
                    {"lastUpdated", base::instant_text(recorded_ms)}}}};
}

}  // namespace facet::rest
