// SPDX-License-Identifier: MPL-2.0
#include "clinic/draft.h"

#include <algorithm>
#include <set>

namespace facet::clinic {
namespace {

using base::invalid;
using base::Json;
using base::Status;

constexpr std::size_t most_bytes = 1 << 20;
constexpr std::size_t most_entries = 200;

const std::string& text_at(const Json& json, const char* pointer) {
  static const std::string none;
  const Json::json_pointer place(pointer);
  return json.contains(place) && json[place].is_string() ? json[place].get_ref<const std::string&>()
                                                         : none;
}

Status only(const Json& object, const std::string& place, const std::set<std::string>& names) {
  if (!object.is_object()) return invalid(place, "This must be an object.");
  for (const auto& [name, value] : object.items())
    if (!names.contains(name))
      return invalid(place + "." + name, "Facet does not take this element.");
  return {};
}

Status check_shape(const Json& bundle) {
  if (auto ok = only(bundle, "Bundle", {"resourceType", "id", "meta", "type", "entry"}); !ok)
    return ok;
  if (text_at(bundle, "/resourceType") != "Bundle" || text_at(bundle, "/type") != "transaction")
    return invalid("Bundle", "A draft is a Bundle of type transaction.");
  if (!bundle.contains("entry") || !bundle["entry"].is_array())
    return invalid("Bundle.entry", "A draft needs a list of entries; it may be empty.");
  if (bundle["entry"].size() > most_entries)
    return base::fail(base::ErrorCode::too_large, "Bundle.entry",
                      "A Bundle has at most 200 entries.");
  return {};
}

/// PUT Encounter/id, or POST Encounter with the fullUrl urn:uuid:id.
bool writes_visit(const Json& entry, const std::string& encounter_id) {
  const auto& url = text_at(entry, "/request/url");
  if (text_at(entry, "/request/method") == "PUT") return url == "Encounter/" + encounter_id;
  return url == "Encounter" && text_at(entry, "/fullUrl") == "urn:uuid:" + encounter_id;
}

bool names_visit(const Json& resource, const std::string& encounter_id) {
  const auto& target = text_at(resource, "/encounter/reference");
  return target == "Encounter/" + encounter_id || target == "urn:uuid:" + encounter_id;
}

/// The patient whom a record names; nothing if it names none yet.
std::optional<std::string> patient_in(const Json& resource) {
  static const std::string prefix = "Patient/";
  for (const char* pointer : {"/subject/reference", "/patient/reference"})
    if (const auto& target = text_at(resource, pointer); target.starts_with(prefix))
      return target.substr(prefix.size());
  return {};
}

Status check_entry(const Json& entry, const std::string& place, const std::string& encounter_id) {
  if (auto ok = only(entry, place, {"fullUrl", "resource", "request"}); !ok) return ok;
  const auto& type = text_at(entry, "/resource/resourceType");
  if (type.empty()) return invalid(place + ".resource", "An entry needs a resource.");
  if (text_at(entry, "/request/method").empty() || text_at(entry, "/request/url").empty())
    return invalid(place + ".request", "A request is POST Type or PUT Type/id.");
  if (type == "Provenance") return {};  // the reason of an addendum
  if (type == "Encounter") {
    if (writes_visit(entry, encounter_id)) return {};
    return invalid(place, "A draft writes one visit: the one of its address.");
  }
  if (!names_visit(entry["resource"], encounter_id))
    return invalid(place + ".resource.encounter", "Every record of a draft belongs to its visit.");
  return {};
}

}  // namespace

base::Result<VisitBundle> read_visit_bundle(std::string_view text,
                                            const std::string& encounter_id) {
  auto json = base::parse_json(text, {most_bytes, 32});
  if (!json) return base::pass(json);
  if (auto ok = check_shape(*json); !ok) return base::pass(ok);
  VisitBundle visit{std::move(*json), {}, {}};
  const auto& entries = visit.json["entry"];
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto place = "Bundle.entry[" + std::to_string(i) + "]";
    if (auto ok = check_entry(entries[i], place, encounter_id); !ok) return base::pass(ok);
    if (text_at(entries[i], "/resource/resourceType") == "Encounter") {
      if (visit.encounter) return invalid(place, "The visit is written twice.");
      visit.encounter = i;
    }
    const auto patient = patient_in(entries[i]["resource"]);
    if (!patient) continue;
    if (visit.patient_id && visit.patient_id != patient)
      return invalid(place + ".resource.subject", "The records of a visit are of one patient.");
    visit.patient_id = patient;
  }
  return visit;
}

}  // namespace facet::clinic
