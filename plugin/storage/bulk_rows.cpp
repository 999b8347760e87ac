// SPDX-License-Identifier: MPL-2.0
#include "storage/bulk_rows.h"

#include <sqlite3.h>

#include <memory>

namespace facet::storage {
namespace {

void bind(sqlite3_stmt* statement, int place, const Value& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value))
    sqlite3_bind_int64(statement, place, *i);
  else if (const auto* s = std::get_if<std::string>(&value))
    sqlite3_bind_text(statement, place, s->data(), static_cast<int>(s->size()), SQLITE_STATIC);
}

}  // namespace

int sqlite_rows(sqlite3* connection, std::string_view sql, std::span<const Value> in,
                const OnTextRow& on_row) {
  sqlite3_stmt* made = nullptr;
  const int prepared =
      sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &made, nullptr);
  if (prepared != SQLITE_OK) return prepared;
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(made,
                                                                             &sqlite3_finalize);
  for (std::size_t i = 0; i < in.size(); ++i) bind(made, static_cast<int>(i) + 1, in[i]);
  std::vector<std::string_view> row(static_cast<std::size_t>(sqlite3_column_count(made)));
  int step = SQLITE_OK;
  while ((step = sqlite3_step(made)) == SQLITE_ROW) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int column = static_cast<int>(i);
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(made, column));
      row[i] = {text,
                text == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(made, column))};
    }
    on_row(row);
  }
  return step == SQLITE_DONE ? SQLITE_OK : step;
}

PGresult* postgresql_rows(PGconn* connection, const std::string& sql, std::span<const Value> in,
                          const OnTextRow& on_row) {
  std::vector<std::string> texts;
  for (const auto& value : in)
    texts.push_back(std::holds_alternative<std::int64_t>(value)
                        ? std::to_string(std::get<std::int64_t>(value))
                        : std::get<std::string>(value));
  std::vector<const char*> values;
  for (const auto& text : texts) values.push_back(text.c_str());
  std::unique_ptr<PGresult, decltype(&PQclear)> result(
      PQexecParams(connection, sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                   nullptr, nullptr, 0),
      &PQclear);
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) return result.release();
  std::vector<std::string_view> row(static_cast<std::size_t>(PQnfields(result.get())));
  for (int r = 0; r < PQntuples(result.get()); ++r) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int column = static_cast<int>(i);
      row[i] = {PQgetvalue(result.get(), r, column),
                static_cast<std::size_t>(PQgetlength(result.get(), r, column))};
    }
    on_row(row);
  }
  return result.release();
}

}  // namespace facet::storage
