// SPDX-License-Identifier: MPL-2.0
#include "base/json.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <vector>

namespace facet::base {
namespace {

/// Builds the document, and stops at what nlohmann's own builder would let pass. Members are gathered
/// and then put into their object in one go: an object that grows copies all that it holds.
class StrictReader final : public nlohmann::json_sax<Json> {
 public:
  StrictReader(Json& root, int max_depth)
      : root_(root), levels_(static_cast<std::size_t>(max_depth)) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool v) override { return add(v); }
  bool number_integer(number_integer_t v) override { return add(v); }
  bool number_unsigned(number_unsigned_t v) override { return add(v); }
  bool number_float(number_float_t v, const string_t&) override {
    return std::isfinite(v) ? add(v) : stop("a number out of range");
  }
  bool string(string_t& v) override { return add(std::move(v)); }
  bool binary(binary_t&) override { return stop("binary data"); }
  bool start_object(std::size_t) override { return open(true); }
  bool key(string_t& k) override {
    auto& level = levels_[depth_ - 1];
    if (!is_new(level, k)) return stop("the key \"" + k + "\" twice");
    level.members.emplace_back(std::move(k), nullptr);
    return true;
  }
  bool end_object() override {
    auto& level = levels_[--depth_];
    Json::object_t object;
    object.reserve(level.members.size());
    for (auto& [name, value] : level.members)
      object.Json::object_t::Container::emplace_back(std::move(name), std::move(value));
    return add(std::move(object));
  }
  bool start_array(std::size_t) override { return open(false); }
  bool end_array() override { return add(std::move(levels_[--depth_].items)); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    position_ = position;
    return false;
  }

  std::string reason() const {
    if (!reason_.empty()) return "The JSON has " + reason_ + ".";
    return "This is not valid JSON (at byte " + std::to_string(position_) + ").";
  }

 private:
  /// An object or array that is not closed yet.
  struct Level {
    bool is_object = false;
    std::vector<std::pair<std::string, Json>> members;
    Json::array_t items;
    std::unordered_set<std::string> keys;  // of an object with many
  };
  static constexpr std::size_t few_keys = 16;

  template <class T>
  bool add(T&& value) {
    if (depth_ == 0)
      root_ = std::forward<T>(value);
    else if (auto& level = levels_[depth_ - 1]; level.is_object)
      level.members.back().second = std::forward<T>(value);
    else
      level.items.emplace_back(std::forward<T>(value));
    return true;
  }
  bool open(bool is_object) {
    if (depth_ == levels_.size())
      return stop("more than " + std::to_string(levels_.size()) + " levels of nesting");
    auto& level = levels_[depth_++];
    level.is_object = is_object;
    level.members.clear();
    level.items = {};
    level.keys.clear();
    return true;
  }
  static bool is_new(Level& level, const std::string& key) {
    if (level.members.size() < few_keys)
      return std::none_of(level.members.begin(), level.members.end(),
                          [&](const auto& member) { return member.first == key; });
    if (level.keys.empty())
      for (const auto& member : level.members) level.keys.insert(member.first);
    return level.keys.insert(key).second;
  }
  bool stop(std::string why) {
    reason_ = std::move(why);
    return false;
  }

  Json& root_;
  std::vector<Level> levels_;
  std::size_t depth_ = 0;
  std::size_t position_ = 0;
  std::string reason_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes)
    return fail(ErrorCode::too_large, "",
                "The JSON is larger than " + std::to_string(limits.max_bytes) + " bytes.");
  Json root;
  StrictReader reader(root, limits.max_depth);
  if (!Json::sax_parse(text.begin(), text.end(), &reader)) return invalid("", reader.reason());
  return root;
}

}  // namespace facet::base
