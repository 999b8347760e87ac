// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "base/result.h"

namespace facet::storage {

/// What a column or a parameter holds: nothing, an integer (BIGINT) or text. Facet's tables have no
/// other types: times are UTC milliseconds, yes/no is 0/1, sealed bytes are base64 text.
using Value = std::variant<std::monostate, std::int64_t, std::string>;

enum class Kind : char { integer = 'i', text = 't' };

inline Value to_value(std::int64_t v) {
  return v;
}
inline Value to_value(int v) {
  return std::int64_t{v};
}
inline Value to_value(bool v) {
  return std::int64_t{v ? 1 : 0};
}
inline Value to_value(std::string v) {
  return v;
}
inline Value to_value(std::string_view v) {
  return std::string(v);
}
inline Value to_value(const char* v) {
  return std::string(v);
}
template <class T>
Value to_value(const std::optional<T>& v) {
  return v ? to_value(*v) : Value{};
}

/// How one C++ type is read from a column.
template <class T>
struct Column;
template <>
struct Column<std::int64_t> {
  static constexpr Kind kind = Kind::integer;
  static std::int64_t read(Value& v) {
    if (auto* i = std::get_if<std::int64_t>(&v)) return *i;
    throw std::logic_error("NULL read into an integer");
  }
};
template <>
struct Column<bool> {
  static constexpr Kind kind = Kind::integer;
  static bool read(Value& v) { return Column<std::int64_t>::read(v) != 0; }
};
template <>
struct Column<std::string> {
  static constexpr Kind kind = Kind::text;
  static std::string read(Value& v) {
    if (auto* s = std::get_if<std::string>(&v)) return std::move(*s);
    throw std::logic_error("NULL read into text");
  }
};
template <class T>
struct Column<std::optional<T>> {
  static constexpr Kind kind = Column<T>::kind;
  static std::optional<T> read(Value& v) {
    if (std::holds_alternative<std::monostate>(v)) return {};
    return Column<T>::read(v);
  }
};

/// What a store throws and Database turns into an Error. `code` is conflict (a constraint or
/// trigger refused), invalid (a value no column can hold), unavailable (busy, gone, full) or
/// internal. The text never holds bound values.
class StorageError : public std::runtime_error {
 public:
  StorageError(base::ErrorCode error_code, const std::string& what, bool try_again = false)
      : std::runtime_error(what), code(error_code), retry(try_again) {}
  base::ErrorCode code;
  bool retry;  // certainly not committed, and likely to succeed if run again (SQLSTATE class 40)
};

}  // namespace facet::storage
