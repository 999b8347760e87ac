// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/act.h"

namespace facet::storage {

/// Which version of a resource a record is, who wrote it and when.
struct Version {
  std::int64_t number = 0;
  std::int64_t recorded_ms = 0;
  std::string author_id;
};

/// A column that holds one member of a record as it is.
template <class Record, class T>
struct PlainColumn {
  using Type = T;
  const char* name;
  T Record::*member;

  Value write(const Record& record, const PatientCipher*) const { return to_value(record.*member); }
  void read(Record& record, T value, const PatientCipher*) const {
    record.*member = std::move(value);
  }
};

/// A column that holds one member sealed under the key of the record's patient. After erasure the
/// member reads as empty.
template <class Record>
struct SealedColumn {
  using Type = std::optional<std::string>;
  const char* name;  // ends in _sealed; sealed to its table and column
  std::optional<std::string> Record::*member;
  std::string place = {};

  Value write(const Record& record, const PatientCipher* cipher) const {
    return to_value(cipher->seal_optional(record.*member, place));
  }
  void read(Record& record, Type value, const PatientCipher* cipher) const {
    record.*member = cipher->unseal_optional(value, place);
  }
};

template <class Record, class T>
PlainColumn<Record, T> column(const char* name, T Record::*member) {
  return {name, member};
}
template <class Record>
SealedColumn<Record> sealed_column(const char* name, std::optional<std::string> Record::*member) {
  return {name, member};
}

/// What put() did.
template <class Record>
struct Stored {
  Record record;
  bool created = false;  // version 1 was written now
};

/// All versions of one kind of record: what stores offer and services use. A record has
/// `std::string id`, `Version version` and, where columns are sealed, `std::string patient_id`.
/// Throws StorageError. Threads: safe once constructed.
template <class Record>
class Records {
 public:
  virtual ~Records() = default;

  /// The newest version, if the id is known.
  virtual std::optional<Record> current(Act& act, const std::string& id) const = 0;
  /// One version, current or not.
  virtual std::optional<Record> at(Act& act, const std::string& id, std::int64_t number) const = 0;

  /// Every version, newest first; empty if the id is not known.
  virtual std::vector<Record> versions(Act& act, const std::string& id) const = 0;

  /// As where(), with the parameters as a list; with `as_of_ms`, the versions that were current at
  /// that moment.
  virtual std::vector<Record> find(Act& act, std::string_view condition, std::string_view tail,
                                   std::vector<Value> in,
                                   std::optional<std::int64_t> as_of_ms = {}) const = 0;

  /// Current versions for which `condition` holds, e.g. where(act, "patient_id = :patient",
  /// "order by start_ms", id). Both texts are constant; parameters as in Transaction.
  template <class... In>
  std::vector<Record> where(Act& act, std::string_view condition, std::string_view tail,
                            const In&... in) const {
    return find(act, condition, tail, {to_value(in)...});
  }

  /// Writes a record that may be there already. A record that differs in nothing is left as it is,
  /// so that a retry is harmless; one that differs needs `if_match`, the version it was made from.
  /// Errors: conflict, if_match is missing or not the current version.
  base::Result<Stored<Record>> put(Act& act, Record record,
                                   std::optional<std::int64_t> if_match = {}) const {
    using base::ErrorCode;
    auto existing = current(act, record.id);
    if (existing && same(*existing, record)) return Stored<Record>{std::move(*existing), false};
    if (existing && !if_match)
      return base::fail(
          ErrorCode::conflict, "If-Match",
          "This id is in use with other content; to change it, name its version in If-Match.");
    if (if_match && (!existing || existing->version.number != *if_match))
      return base::fail(ErrorCode::conflict, "If-Match",
                        "Somebody else changed this meanwhile; read it again.");
    const bool created = !existing;
    if (existing) record.version = existing->version;
    return Stored<Record>{amend(act, std::move(record)), created};
  }

  /// Writes the next version of a record that was read in this transaction, or its first.
  Record amend(Act& act, Record record) const {
    record.version = {record.version.number + 1, act.now_ms, act.who.user_id};
    insert(act, record);
    return record;
  }

 private:
  virtual bool same(const Record& a, const Record& b) const = 0;
  virtual void insert(Act& act, const Record& record) const = 0;
};

template <class Record, class... Columns>
class VersionedTable final : public Records<Record> {
 public:
  explicit VersionedTable(std::string table, Columns... columns)
      : table_(std::move(table)), columns_(std::move(columns)...) {
    std::string names = "id, version, recorded_ms, author_id";
    std::string values = ":id, :version, :recorded, :author";
    const auto add = [&](auto& c) {
      names += std::string(", ") + c.name;
      values += std::string(", :") + c.name;
      if constexpr (requires { c.place; }) c.place = table_ + "." + c.name;
    };
    std::apply([&](auto&... c) { (add(c), ...); }, columns_);
    insert_ = "insert into " + table_ + " (" + names + ") values (" + values + ")";
    select_ = "select " + names + " from " + table_ + " x where ";
  }

  std::optional<Record> current(Act& act, const std::string& id) const override {
    return first(load(act, select_ + "id = :id order by version desc limit 1", {to_value(id)}));
  }

  std::optional<Record> at(Act& act, const std::string& id, std::int64_t number) const override {
    return first(
        load(act, select_ + "id = :id and version = :version", {to_value(id), to_value(number)}));
  }

  std::vector<Record> versions(Act& act, const std::string& id) const override {
    return load(act, select_ + "id = :id order by version desc", {to_value(id)});
  }

  std::vector<Record> find(Act& act, std::string_view condition, std::string_view tail,
                           std::vector<Value> in,
                           std::optional<std::int64_t> as_of_ms) const override {
    std::string newest = "version = (select max(version) from " + table_ + " y where y.id = x.id";
    if (as_of_ms) {
      newest += " and y.recorded_ms <= :as_of";
      in.insert(in.begin(), to_value(*as_of_ms));
    }
    return load(act, select_ + newest + ") and (" + std::string(condition) + ") " + std::string(tail),
                std::move(in));
  }

 private:
  static constexpr bool has_sealed = (std::is_same_v<Columns, SealedColumn<Record>> || ...);

  static std::optional<Record> first(std::vector<Record> records) {
    if (records.empty()) return {};
    return std::move(records.front());
  }

  bool same(const Record& a, const Record& b) const override {
    return std::apply([&](const auto&... c) { return ((a.*(c.member) == b.*(c.member)) && ...); },
                      columns_);
  }

  void insert(Act& act, const Record& record) const override {
    const PatientCipher* cipher = nullptr;
    if constexpr (has_sealed) cipher = &act.cipher(record.patient_id);
    std::vector<Value> values{to_value(record.id), to_value(record.version.number),
                              to_value(record.version.recorded_ms),
                              to_value(record.version.author_id)};
    std::apply(
        [&](const auto&... c) {
          (values.push_back(c.write(record, cipher)), ...);
        },
        columns_);
    act.tx.execute(insert_, values);
  }

  std::vector<Record> load(Act& act, const std::string& sql, std::vector<Value> in) const {
    using Row =
        std::tuple<std::string, std::int64_t, std::int64_t, std::string, typename Columns::Type...>;
    std::vector<Row> rows;
    act.tx.each<std::string, std::int64_t, std::int64_t, std::string, typename Columns::Type...>(
        sql, in, [&rows](auto... values) { rows.emplace_back(std::move(values)...); });
    std::vector<Record> records;
    records.reserve(rows.size());
    for (auto& row : rows) records.push_back(read(act, row, std::index_sequence_for<Columns...>{}));
    return records;
  }

  template <class Row, std::size_t... I>
  Record read(Act& act, Row& row, std::index_sequence<I...>) const {
    Record record;
    record.id = std::get<0>(row);
    record.version = {std::get<1>(row), std::get<2>(row), std::get<3>(row)};
    // A patient is its own patient; for others the column says. Plain columns first: the cipher
    // needs the patient's id.
    if constexpr (requires { record.patient_id; }) record.patient_id = record.id;
    (read_if<false>(record, std::get<I>(columns_), std::get<I + 4>(row), nullptr), ...);
    if constexpr (has_sealed) {
      const auto& cipher = act.cipher(record.patient_id);
      (read_if<true>(record, std::get<I>(columns_), std::get<I + 4>(row), &cipher), ...);
    }
    return record;
  }

  template <bool sealed, class C, class T>
  static void read_if(Record& record, const C& c, T& value, const PatientCipher* cipher) {
    if constexpr (std::is_same_v<C, SealedColumn<Record>> == sealed)
      c.read(record, std::move(value), cipher);
  }

  std::string table_;
  std::tuple<Columns...> columns_;
  std::string insert_, select_;
};

template <class Record, class... Columns>
std::unique_ptr<Records<Record>> versioned_table(std::string table, Columns... columns) {
  return std::make_unique<VersionedTable<Record, Columns...>>(std::move(table),
                                                              std::move(columns)...);
}

}  // namespace facet::storage
