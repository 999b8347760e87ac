// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "knowledge/anatomy.h"
#include "knowledge/catalogue_data.h"
#include "knowledge/finding.h"

namespace facet::knowledge {

/// Reads one JSON object strictly: a key that is missing, unknown or of another type is a finding,
/// and reading goes on with an empty value, so that one pass finds all that is wrong.
class ObjectReader {
 public:
  template <class T>
  using Read = T (*)(ObjectReader&);

  template <class T>
  static T document(const base::Json& value, std::string name, Findings& findings, Read<T> read) {
    ObjectReader reader(value, std::move(name), findings);
    return reader.all(read);
  }

  std::string text(std::string_view key);
  int whole(std::string_view key);
  bool truth(std::string_view key);
  Strings texts(std::string_view key);
  std::vector<int> wholes(std::string_view key);
  /// Tags of clinical.md section 8: "S12", "K" or "K:NICE NG59".
  Strings sources(std::string_view key);
  /// The one value that the rules in code were written for.
  void expect(std::string_view key, std::string_view value);
  void expect_list(std::string_view key, const std::string_view* codes, std::size_t count);

  template <class E>
  E term(std::string_view key) {
    return as_term<E>(text(key), key);
  }

  template <class E>
  std::vector<E> terms(std::string_view key) {
    std::vector<E> read;
    for (const auto& code : texts(key)) read.push_back(as_term<E>(code, key));
    return read;
  }

  template <class E>
  void expect_codes(std::string_view key) {
    expect_list(key, Names<E>::list.data(), Names<E>::list.size());
  }

  template <class E>
  Meanings<E> meanings(std::string_view key) {
    Meanings<E> read;
    ObjectReader inner = child(key);
    for (auto code : Names<E>::list) read.text.push_back(inner.text(code));
    inner.refuse_unknown_keys();
    return read;
  }

  template <class T>
  T object(std::string_view key, Read<T> read) {
    return child(key).all(read);
  }

  template <class T>
  std::vector<T> objects(std::string_view key, Read<T> read) {
    std::vector<T> rows;
    for (auto& row : children(key)) rows.push_back(row.all(read));
    return rows;
  }

 private:
  ObjectReader(const base::Json& value, std::string path, Findings& findings);

  template <class T>
  T all(Read<T> read) {
    T value = read(*this);
    refuse_unknown_keys();
    return value;
  }

  template <class E>
  E as_term(const std::string& code, std::string_view key) {
    const auto term = from_code<E>(code);
    if (!term) report(key, "\"" + code + "\" is not in the closed list");
    return term.value_or(E{});
  }

  const base::Json* find(std::string_view key);
  const base::Json* array(std::string_view key);
  ObjectReader child(std::string_view key);
  std::vector<ObjectReader> children(std::string_view key);
  void refuse_unknown_keys();
  void report(std::string_view key, std::string what);

  const base::Json* value_;
  std::string path_;
  Findings* findings_;
  bool usable_;
  Strings seen_;
};

}  // namespace facet::knowledge
