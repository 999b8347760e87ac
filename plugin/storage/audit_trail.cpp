// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_trail.h"

#include <algorithm>

#include "base/json.h"

namespace facet::storage {
namespace {

using base::Json;

constexpr std::string_view format = "facet.audit/1";
constexpr std::size_t longest_line = 16 << 20;

bool is_integer(std::size_t column) {
  return column == a_number || column == a_recorded_ms;
}

std::string quoted(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == text.npos;
}

/// The texts of a row, as long as it is looked at.
struct Event {
  std::array<std::string, audit_columns.size()> texts;
  AuditRow row() const {
    AuditRow views;
    std::copy(texts.begin(), texts.end(), views.begin());
    return views;
  }
};

bool read_event(const std::string& line, Event& event) {
  auto json = base::parse_json(line, {longest_line, 2});
  if (!json || !json->is_object() || json->size() != audit_columns.size()) return false;
  for (std::size_t i = 0; i < audit_columns.size(); ++i) {
    const auto found = json->find(audit_columns[i]);
    if (found == json->end()) return false;
    if (found->is_string() && !is_integer(i))
      event.texts[i] = std::move(found->get_ref<std::string&>());
    else if (found->is_number_integer() && is_integer(i))
      event.texts[i] = found->dump();
    else
      return false;
  }
  return true;
}

std::optional<TrailHeader> read_header(const std::string& line) {
  const auto json = base::parse_json(line, {longest_line, 4});
  try {
    if (!json || json->at("trail") != format) return {};
    TrailHeader header{
        json->at("place").get<std::string>(), json->at("exported_ms").get<std::int64_t>(), {}};
    for (const auto& head : json->at("heads"))
      header.heads.push_back({head.at("chain").get<std::string>(),
                              head.at("number").get<std::int64_t>(),
                              head.at("mac").get<std::string>(), 0});
    return header;
  } catch (const std::exception&) {
    return {};
  }
}

ChainReport refused(const std::string& why) {
  ChainReport report;
  report.valid = false;
  report.problems.push_back({"heads", "", 0, why});
  report.problem = why;
  return report;
}

}  // namespace

std::string write_trail_header(const TrailHeader& header, const SigningKey& key) {
  Json json{{"trail", format},
            {"place", header.place},
            {"exported_ms", header.exported_ms},
            {"public_key", to_base64(key.public_key())},
            {"heads", Json::array()}};
  for (const auto& head : header.heads)
    json["heads"].push_back({{"chain", head.chain}, {"number", head.number}, {"mac", head.mac}});
  return signed_line(json.dump(-1, ' ', false, Json::error_handler_t::replace), key);
}

void write_trail_event(const AuditRow& row, std::string& into) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    into += i == 0 ? "{\"" : ",\"";
    into += audit_columns[i];
    into += "\":";
    if (is_integer(i) && is_digits(row[i]))
      into += row[i];
    else
      into += quoted(row[i]);
  }
  into += "}\n";
}

ChainReport verify_trail(std::istream& trail, std::string_view audit_key, HeadSet heads) {
  const auto key = head_key(audit_key);
  std::string line;
  std::optional<TrailHeader> header;
  if (read_line(trail, line)) header = read_header(line);
  if (!header) return refused("This is no exported audit trail.");
  if (!has_good_signature(line, key))
    return refused("The first line of the trail was changed, or this is not its key.");
  heads.add_heads(header->heads, header->exported_ms);
  bool more = read_line(trail, line);
  for (; more && line.starts_with("{\"book\":"); more = read_line(trail, line))
    heads.add_line(line);
  heads.end_book(key);
  AuditVerifier verifier(audit_key, std::move(heads), header->place);
  Event event;
  for (std::int64_t number = 1; more; more = read_line(trail, line), ++number) {
    if (!read_event(line, event)) {
      verifier.report(
          {"changed", "", 0, "Line " + std::to_string(number) + " of the events cannot be read."});
      break;
    }
    verifier.add(event.row());
  }
  return verifier.finish();
}

}  // namespace facet::storage
