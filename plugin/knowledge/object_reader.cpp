// SPDX-License-Identifier: MPL-2.0
#include "knowledge/object_reader.h"

#include <algorithm>
#include <limits>
#include <regex>

namespace facet::knowledge {
namespace {

bool is_int(const base::Json& value) {
  return value.is_number_integer() && value >= std::numeric_limits<int>::min() &&
         value <= std::numeric_limits<int>::max();
}

bool is_source(const std::string& tag) {
  static const std::regex pattern("S[0-9]+|K|K:[A-Za-z0-9_ .-]+");
  return std::regex_match(tag, pattern);
}

std::string label(const base::Json& row, std::size_t index) {
  if (row.is_object())
    if (const auto id = row.find("id"); id != row.end() && id->is_string()) return *id;
  return std::to_string(index);
}

}  // namespace

ObjectReader::ObjectReader(const base::Json& value, std::string path, Findings& findings)
    : value_(&value), path_(std::move(path)), findings_(&findings), usable_(value.is_object()) {
  if (!usable_) findings_->push_back({path_, "is not an object"});
}

std::string ObjectReader::text(std::string_view key) {
  const auto* value = find(key);
  if (!value) return {};
  if (value->is_string()) return *value;
  report(key, "is not text");
  return {};
}

int ObjectReader::whole(std::string_view key) {
  const auto* value = find(key);
  if (!value) return 0;
  if (is_int(*value)) return *value;
  report(key, "is not a whole number");
  return 0;
}

bool ObjectReader::truth(std::string_view key) {
  const auto* value = find(key);
  if (!value) return false;
  if (value->is_boolean()) return *value;
  report(key, "is not true or false");
  return false;
}

Strings ObjectReader::texts(std::string_view key) {
  Strings read;
  if (const auto* list = array(key))
    for (const auto& each : *list) {
      if (each.is_string())
        read.push_back(each);
      else
        report(key, "holds something that is not text");
    }
  return read;
}

std::vector<int> ObjectReader::wholes(std::string_view key) {
  std::vector<int> read;
  if (const auto* list = array(key))
    for (const auto& each : *list) {
      if (is_int(each))
        read.push_back(each);
      else
        report(key, "holds something that is not a whole number");
    }
  return read;
}

Strings ObjectReader::sources(std::string_view key) {
  auto tags = texts(key);
  for (const auto& tag : tags)
    if (!is_source(tag)) report(key, "\"" + tag + "\" is not a source tag");
  return tags;
}

void ObjectReader::expect(std::string_view key, std::string_view value) {
  if (const auto found = text(key); found != value)
    report(key, "is \"" + found + "\", but the rules need \"" + std::string(value) + "\"");
}

void ObjectReader::expect_list(std::string_view key, const std::string_view* codes,
                               std::size_t count) {
  const auto found = texts(key);
  if (!std::equal(found.begin(), found.end(), codes, codes + count))
    report(key, "is not the closed list that the program knows");
}

const base::Json* ObjectReader::find(std::string_view key) {
  if (!usable_) return nullptr;
  const std::string name(key);
  seen_.push_back(name);
  const auto found = value_->find(name);
  if (found != value_->end()) return &*found;
  report(key, "is missing");
  return nullptr;
}

const base::Json* ObjectReader::array(std::string_view key) {
  const auto* value = find(key);
  if (!value || value->is_array()) return value;
  report(key, "is not a list");
  return nullptr;
}

ObjectReader ObjectReader::child(std::string_view key) {
  static const base::Json nothing = base::Json::object();
  const auto* value = find(key);
  ObjectReader reader(value ? *value : nothing, path_ + "." + std::string(key), *findings_);
  reader.usable_ = reader.usable_ && value;
  return reader;
}

std::vector<ObjectReader> ObjectReader::children(std::string_view key) {
  std::vector<ObjectReader> rows;
  if (const auto* list = array(key))
    for (std::size_t i = 0; i < list->size(); ++i)
      rows.push_back(ObjectReader((*list)[i],
                                  path_ + "." + std::string(key) + "[" + label((*list)[i], i) + "]",
                                  *findings_));
  return rows;
}

void ObjectReader::refuse_unknown_keys() {
  if (!usable_) return;
  for (const auto& [key, value] : value_->items())
    if (std::find(seen_.begin(), seen_.end(), key) == seen_.end())
      report(key, "is not a known key");
}

void ObjectReader::report(std::string_view key, std::string what) {
  findings_->push_back({path_ + "." + std::string(key), std::move(what)});
}

}  // namespace facet::knowledge
