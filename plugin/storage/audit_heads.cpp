// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_heads.h"

#include <algorithm>
#include <istream>

#include "base/json.h"
#include "storage/digest.h"

namespace facet::storage {
namespace {

using base::Json;

constexpr std::string_view signature_start = ",\"signature\":\"";
constexpr std::string_view line_end = "\"}";
constexpr std::size_t longest_line = 16 << 20;

/// Where the signature starts in a line; npos if it has none.
std::size_t signature_in(std::string_view line) {
  return line.ends_with(line_end) ? line.rfind(signature_start) : std::string_view::npos;
}

std::string text_in(const Json& object, const char* name) {
  return object.at(name).get<std::string>();
}

std::int64_t number_in(const Json& object, const char* name) {
  const auto& value = object.at(name);
  if (!value.is_number_integer()) throw std::runtime_error("not a number");
  return value.get<std::int64_t>();
}

HeadEntry entry_of(const Json& json) {
  HeadEntry entry{text_in(json, "book"),
                  number_in(json, "entry"),
                  number_in(json, "written_ms"),
                  text_in(json, "previous"),
                  {}};
  for (const auto& head : json.at("heads"))
    entry.heads.push_back({text_in(head, "chain"), number_in(head, "number"), text_in(head, "mac"),
                           number_in(head, "recorded_ms")});
  return entry;
}

}  // namespace

SigningKey head_key(std::string_view audit_key) {
  return SigningKey(hmac(audit_key, "facet audit heads, Ed25519, 1"));
}

std::string signed_line(std::string json, const SigningKey& key) {
  json.pop_back();  // the closing brace
  const auto signature = to_base64(key.sign(json));
  return json.append(signature_start).append(signature).append(line_end);
}

bool has_good_signature(std::string_view line, const SigningKey& key) {
  const auto at = signature_in(line);
  if (at == std::string_view::npos) return false;
  auto text = line.substr(at + signature_start.size());
  text.remove_suffix(line_end.size());
  return key.verify(line.substr(0, at), from_base64(text));
}

std::string write_entry(const HeadEntry& entry, const SigningKey& key) {
  Json json{{"book", entry.book},
            {"entry", entry.number},
            {"written_ms", entry.written_ms},
            {"previous", entry.previous},
            {"public_key", to_base64(key.public_key())},
            {"heads", Json::array()}};
  for (const auto& head : entry.heads)
    json["heads"].push_back({{"chain", head.chain},
                             {"number", head.number},
                             {"mac", head.mac},
                             {"recorded_ms", head.recorded_ms}});
  return signed_line(json.dump(-1, ' ', false, Json::error_handler_t::replace), key);
}

base::Result<HeadEntry> read_entry(std::string_view line) {
  const auto json = base::parse_json(line, {longest_line, 4});
  try {
    if (json && json->is_object()) return entry_of(*json);
  } catch (const std::exception&) {
  }
  return base::invalid("heads", "This is not an entry of signed heads.");
}

void HeadSet::read_book(std::istream& in, const SigningKey& key) {
  std::string line;
  while (read_line(in, line)) add_line(line);
  end_book(key);
}

void HeadSet::read_books(std::istream& in, const SigningKey& key) {
  std::string line;
  while (read_line(in, line)) {
    if (const auto entry = read_entry(line); entry && entry->number == 1) end_book(key);
    add_line(line);
  }
  end_book(key);
}

void HeadSet::add_line(std::string_view line) {
  if (broken_) return;
  auto entry = read_entry(line);
  const bool first = line_.empty();
  std::string fault;
  if (!entry)
    fault = "Line " + std::to_string(entry_.number + 1) + " of the signed heads cannot be read.";
  else if (!first && entry->book != entry_.book)
    fault = "The signed heads mix two books, " + entry_.book + " and " + entry->book + ".";
  else if (entry->number != entry_.number + 1)
    fault = "Entry " + std::to_string(entry_.number + 1) + " of the signed heads " + entry->book +
            " is missing.";
  else if (entry->previous != (first ? "" : digest_hex(line_)))
    fault = "The signed heads " + entry->book + " were changed before entry " +
            std::to_string(entry->number) + ".";
  if (!fault.empty()) {
    problems_.push_back(std::move(fault));
    broken_ = true;
    return;
  }
  line_ = line;
  add_heads(entry->heads, entry->written_ms);
  entry->heads.clear();
  entry_ = std::move(*entry);
}

void HeadSet::add_heads(const std::vector<Head>& heads, std::int64_t written_ms) {
  for (const auto& head : heads) chains_[head.chain].push_back({head.number, head.mac, written_ms});
  sorted_ = false;
  last_written_ms_ = std::max(last_written_ms_, written_ms);
}

void HeadSet::end_book(const SigningKey& key) {
  if (!line_.empty()) {
    if (!broken_ && !has_good_signature(line_, key))
      problems_.push_back("The signature of entry " + std::to_string(entry_.number) +
                          " of the signed heads " + entry_.book + " is wrong.");
    auto& last = books_[entry_.book];
    last = std::max(last, entry_.number);
  }
  line_.clear();
  entry_ = {};
  broken_ = false;
}

const std::map<std::string, std::vector<HeadSet::Point>>& HeadSet::chains() {
  if (!sorted_)
    for (auto& [chain, points] : chains_)
      std::stable_sort(points.begin(), points.end(),
                       [](const Point& a, const Point& b) { return a.number < b.number; });
  sorted_ = true;
  return chains_;
}

bool read_line(std::istream& in, std::string& line) {
  line.clear();
  auto* buffer = in.rdbuf();
  for (int c = buffer->sbumpc(); c != std::istream::traits_type::eof(); c = buffer->sbumpc()) {
    if (c == '\n') return true;
    if (line.size() == longest_line) return false;
    line += static_cast<char>(c);
  }
  return false;
}

}  // namespace facet::storage
