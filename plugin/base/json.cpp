// SPDX-License-Identifier: MPL-2.0
#include "base/json.h"

#include <cmath>
#include <set>
#include <vector>

namespace facet::base {
namespace {

using Dom = nlohmann::detail::json_sax_dom_parser<Json>;

/// Builds the document through nlohmann's own DOM parser, and stops at what that would let pass.
class StrictReader final : public nlohmann::json_sax<Json> {
 public:
  StrictReader(Json& root, int max_depth) : dom_(root, false), max_depth_(max_depth) {}

  bool null() override { return dom_.null(); }
  bool boolean(bool v) override { return dom_.boolean(v); }
  bool number_integer(number_integer_t v) override { return dom_.number_integer(v); }
  bool number_unsigned(number_unsigned_t v) override { return dom_.number_unsigned(v); }
  bool number_float(number_float_t v, const string_t& s) override {
    return std::isfinite(v) ? dom_.number_float(v, s) : stop("a number out of range");
  }
  bool string(string_t& v) override { return dom_.string(v); }
  bool binary(binary_t& v) override { return dom_.binary(v); }
  bool start_object(std::size_t n) override {
    keys_.emplace_back();
    return deeper() && dom_.start_object(n);
  }
  bool key(string_t& k) override {
    if (!keys_.back().insert(k).second) return stop("the key \"" + k + "\" twice");
    return dom_.key(k);
  }
  bool end_object() override {
    keys_.pop_back();
    --depth_;
    return dom_.end_object();
  }
  bool start_array(std::size_t n) override { return deeper() && dom_.start_array(n); }
  bool end_array() override {
    --depth_;
    return dom_.end_array();
  }
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
  bool deeper() {
    return ++depth_ <= max_depth_ ||
           stop("more than " + std::to_string(max_depth_) + " levels of nesting");
  }
  bool stop(std::string why) {
    reason_ = std::move(why);
    return false;
  }

  Dom dom_;
  int max_depth_;
  int depth_ = 0;
  std::vector<std::set<std::string>> keys_;
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
