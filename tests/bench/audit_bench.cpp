// SPDX-License-Identifier: MPL-2.0
// The audit trail of a clinic verified whole, against a bare loop over the same rows.
#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "base/uuid.h"
#include "storage/audit_chain.h"
#include "storage/database.h"

namespace {

using namespace facet;
using storage::Transaction;

constexpr std::int64_t now_ms = 1'800'000'000'000;
constexpr std::int64_t events = 200'000;

/// A trail of what clinicians do, in the build folder; made once for both halves.
class Trail {
 public:
  Trail() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    std::string name = (program.parent_path() / "audit-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the benchmark");
    folder_ = name;
    auto opened = storage::Database::open({storage::Dialect::sqlite, file()}, now_ms);
    if (!opened) throw std::runtime_error(opened.error().message);
    database_ = std::move(*opened);
    for (std::int64_t done = 0; done < events; done += 1000) fill(done);
  }
  ~Trail() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string file() const { return folder_ / "clinic.db"; }
  storage::Database& database() { return *database_; }
  const storage::AuditChain& audit() const { return audit_; }

 private:
  void fill(std::int64_t done) {
    const base::Principal who{
        "018bcfe5-6800-7000-8000-000000000007", {"physiotherapist"}, "10.0.0.7", "TREAT"};
    std::vector<storage::Access> accesses;
    for (std::int64_t i = 0; i < 1000; ++i)
      accesses.push_back({"CRRU"[i % 4],
                          "Observation",
                          base::uuid_v7(now_ms + done + i),
                          {base::uuid_v7(now_ms + i)},
                          "0",
                          {}});
    const auto written = database_->write([&](Transaction& tx) -> base::Status {
      audit_.append(tx, who, accesses, now_ms + done);
      return {};
    });
    if (!written) throw std::runtime_error(written.error().message);
  }

  std::filesystem::path folder_;
  std::unique_ptr<storage::Database> database_;
  storage::AuditChain audit_{{std::string(32, 'c'), std::string(32, 'i'), std::string(32, 'a')}};
};

Trail& trail() {
  static Trail made;
  return made;
}

void facet_verify(benchmark::State& state) {
  auto& clinic = trail();
  for (auto _ : state) {
    const auto report =
        clinic.database().read([&](Transaction& tx) -> base::Result<storage::ChainReport> {
          return clinic.audit().verify(tx);
        });
    if (!report || !report->valid || report->events != events)
      return state.SkipWithError("the trail is not whole");
  }
  state.SetItemsProcessed(state.iterations() * events);
}

/// One HMAC-SHA-256 a row over its columns as they are.
class BareLoop {
 public:
  explicit BareLoop(const std::string& file) {
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    context_ = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    const unsigned char key[32] = {};
    if (EVP_MAC_init(context_, key, sizeof key, params) != 1 ||
        sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(db_, "select * from audit_event order by chain, number", -1, &rows_,
                           nullptr) != SQLITE_OK)
      throw std::runtime_error("the bare loop cannot start");
  }
  ~BareLoop() {
    sqlite3_finalize(rows_);
    sqlite3_close(db_);
    EVP_MAC_CTX_free(context_);
  }
  std::int64_t run() {
    std::int64_t count = 0;
    for (; sqlite3_step(rows_) == SQLITE_ROW; ++count) {
      EVP_MAC_init(context_, nullptr, 0, nullptr);
      for (int i = 0; i < sqlite3_column_count(rows_); ++i) {
        const auto* text = sqlite3_column_text(rows_, i);
        EVP_MAC_update(context_, text, static_cast<std::size_t>(sqlite3_column_bytes(rows_, i)));
      }
      unsigned char out[32];
      std::size_t size = 0;
      EVP_MAC_final(context_, out, &size, sizeof out);
      benchmark::DoNotOptimize(out);
    }
    sqlite3_reset(rows_);
    return count;
  }

 private:
  EVP_MAC_CTX* context_ = nullptr;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* rows_ = nullptr;
};

void bare_loop(benchmark::State& state) {
  state.SetLabel("the same 200,000 rows stepped by the C API of SQLite, one EVP HMAC each");
  BareLoop loop(trail().file());
  for (auto _ : state)
    if (loop.run() != events) return state.SkipWithError("rows are missing");
  state.SetItemsProcessed(state.iterations() * events);
}

BENCHMARK(facet_verify)->Name("audit/facet")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(bare_loop)->Name("audit/bare")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
