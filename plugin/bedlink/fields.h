// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "bedlink/link_code.h"

namespace facet::bedlink {

/// Reads the members of one JSON object and remembers the first thing wrong. Members nobody asked
/// for are ignored, unless the object's "crit" lists them.
class Fields {
 public:
  explicit Fields(const base::Json& object);

  std::string text(const char* name, std::size_t min_length, std::size_t max_length);
  std::string optional_text(const char* name, std::size_t max_length);
  /// A FHIR id (1 to 64 of A-Z a-z 0-9 - .).
  std::string id(const char* name);
  std::string optional_id(const char* name);
  /// An integer; out of bounds is LIMIT, not an integer FORMAT.
  std::int64_t integer(const char* name, std::int64_t min, std::int64_t max);
  std::int64_t optional_integer(const char* name, std::int64_t min, std::int64_t max,
                                std::int64_t otherwise);
  bool flag(const char* name);
  std::int64_t instant(const char* name);
  std::vector<std::string> texts(const char* name, std::size_t max_count, std::size_t max_length);
  /// Elements for the caller to read on; null if missing.
  const base::Json* array(const char* name, std::size_t max_count);
  const base::Json* object(const char* name);

  void require(bool holds, LinkCode code, const char* text);
  bool good() const { return !refusal_; }
  /// The verdict, after the last member was asked for.
  Checked<void> finish();

 private:
  const base::Json* find(const char* name, bool required);
  void stop(LinkCode code, std::string text);

  const base::Json& object_;
  std::set<std::string> known_{"crit"};
  std::optional<Refusal> refusal_;
};

}  // namespace facet::bedlink
