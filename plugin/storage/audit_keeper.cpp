// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_keeper.h"

#include <unistd.h>

#include <chrono>
#include <limits>
#include <sstream>

#include "base/uuid.h"
#include "storage/audit_trail.h"
#include "storage/digest.h"

namespace facet::storage {
namespace {

using base::Result;
using base::Status;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds longest_wait{60};
constexpr std::int64_t most_events = 1000;
constexpr std::size_t most_heads = 500;  // in one entry
constexpr int page_size = 5000;
/// Servers that share a database do not have one clock.
constexpr std::int64_t clock_margin_ms = 3'600'000;

std::string place_of(const std::filesystem::path& data) {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + ":" + std::filesystem::absolute(data).lexically_normal().string();
}

}  // namespace

AuditKeeper::AuditKeeper(Database& database, const AuditChain& audit, const Keys& keys,
                         const base::Clock& clock, const std::filesystem::path& data)
    : database_(database),
      audit_(audit),
      clock_(clock),
      key_(head_key(keys.audit)),
      file_(data / "audit" / "heads.ndjson"),
      place_(place_of(data)) {}

AuditKeeper::~AuditKeeper() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  (void)write_heads();  // what is missing is written at the next start
}

Status AuditKeeper::start() {
  if (auto written = write_heads(); !written) return written;
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  return {};
}

void AuditKeeper::work(const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  auto seen = audit_.appended();
  auto written = steady_clock::now();
  while (!tick_.wait_for(lock, stop, seconds(1), [] { return false; }) && !stop.stop_requested()) {
    const auto now = steady_clock::now();
    const auto appended = audit_.appended();
    if (appended - seen < most_events && (appended == seen || now - written < longest_wait))
      continue;
    if (!write_heads()) continue;  // the next tick tries again
    seen = appended;
    written = now;
  }
}

Status AuditKeeper::write_heads() {
  const std::lock_guard lock(mutex_);
  auto book = open_book();
  if (!book) return base::pass(book);
  auto moved = moved_heads(*book);
  if (!moved) return base::pass(moved);
  HeadEntry entry;
  if (const auto last = read_entry(book->last_line())) entry.number = last->number;
  entry.book = book_;
  for (std::size_t i = 0; i < moved->size(); i += most_heads) {
    const auto first = moved->begin() + static_cast<std::ptrdiff_t>(i);
    entry.heads.assign(
        first, first + static_cast<std::ptrdiff_t>(std::min(most_heads, moved->size() - i)));
    ++entry.number;
    entry.written_ms = clock_.now_ms();
    entry.previous = book->last_line().empty() ? "" : digest_hex(book->last_line());
    if (auto added = book->append(write_entry(entry, key_)); !added) return added;
  }
  for (const auto& head : *moved) last_[head.chain] = head.number;
  return moved->empty() ? Status{} : note(entry);
}

/// A damaged book is put aside and a new one begun: the clinic must open, and the trail misses the
/// old one.
Result<AuditBook> AuditKeeper::open_book() const {
  {
    auto book = AuditBook::open_to_append(file_);
    if (!book || book->last_line().empty() || read_entry(book->last_line())) return book;
  }
  auto aside = file_;
  aside += ".damaged-" + std::to_string(clock_.now_ms());
  std::error_code error;
  std::filesystem::rename(file_, aside, error);
  if (error)
    return base::fail(base::ErrorCode::unavailable, "audit",
                      "The signed heads " + file_.string() + " are damaged; move that file away.");
  return AuditBook::open_to_append(file_);
}

Result<std::vector<Head>> AuditKeeper::moved_heads(const AuditBook& book) {
  const auto last = read_entry(book.last_line());
  if (const auto found = last ? last->book : ""; book_.empty() || book_ != found) {
    book_ = last ? found : base::uuid_v7(clock_.now_ms());
    last_.clear();
    since_ms_ = std::numeric_limits<std::int64_t>::min();
    if (last) since_ms_ = last->written_ms - clock_margin_ms;
    if (last)
      for (const auto& head : last->heads) last_[head.chain] = head.number;
  }
  return database_.read([&](Transaction& tx) -> Result<std::vector<Head>> {
    std::vector<Head> moved;
    bool news = false;
    for (auto& head : audit_heads(tx)) {
      const auto known = last_.find(head.chain);
      if (known == last_.end() ? head.recorded_ms < since_ms_ : known->second == head.number)
        continue;
      news = news || is_news(tx, head);
      moved.push_back(std::move(head));
    }
    if (!news) moved.clear();
    return moved;
  });
}

bool AuditKeeper::is_news(Transaction& tx, const Head& head) const {
  const auto known = last_.find(head.chain);
  const auto from = known == last_.end() ? 0 : known->second;
  return head.number < from ||
         tx.query_one<std::int64_t>(
               "select number from audit_event where chain = :chain and number > :from and "
               "principal <> :writer limit 1",
               head.chain, from, head_writer)
             .has_value();
}

Status AuditKeeper::note(const HeadEntry& entry) {
  const base::Principal who{std::string(head_writer), {"system"}, place_, ""};
  return database_.write([&](Transaction& tx) -> Status {
    audit_.append(tx, who, {'E', "AuditEvent", "", {}, "0", head_note(entry.book, entry.number)},
                  clock_.now_ms());
    return {};
  });
}

ChainReport AuditKeeper::verify(Transaction& tx, AuditBook& book, std::string_view more) const {
  tx.query_one<std::int64_t>("select number from audit_event limit 1");  // the snapshot is taken
  book.unlock();
  HeadSet heads;
  std::string text;
  book.each_piece([&](std::string_view piece) {
    text += piece;
    std::size_t start = 0;
    for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', start)) {
      heads.add_line(std::string_view(text).substr(start, end - start));
      start = end + 1;
    }
    text.erase(0, start);
    return true;
  });
  heads.end_book(key_);
  std::istringstream others{std::string(more)};
  heads.read_books(others, key_);
  // On PostgreSQL other servers keep books of their own.
  return audit_.verify(tx, std::move(heads),
                       database_.dialect() == Dialect::sqlite ? std::string() : place_);
}

Status AuditKeeper::write_book(const std::function<bool(std::string_view)>& out) const {
  auto book = AuditBook::open_to_read(file_);
  if (!book) return base::pass(book);
  book->unlock();
  book->each_piece(out);
  return {};
}

Status AuditKeeper::write_trail(const std::function<bool(std::string_view)>& out) {
  if (auto written = write_heads(); !written) return written;
  auto book = AuditBook::open_to_read(file_);
  if (!book) return base::pass(book);
  auto heads =
      database_.read([](Transaction& tx) -> Result<std::vector<Head>> { return audit_heads(tx); });
  if (!heads) return base::pass(heads);
  book->unlock();
  const TrailHeader header{database_.dialect() == Dialect::sqlite ? std::string() : place_,
                           clock_.now_ms(), std::move(*heads)};
  bool wanted = out(write_trail_header(header, key_) + "\n");
  if (wanted) book->each_piece([&](std::string_view piece) { return wanted = out(piece); });
  for (const auto& head : header.heads) {
    std::string piece;
    std::int64_t from = 0;
    for (bool more = wanted; more;) {
      auto page = database_.read([&](Transaction& tx) -> Result<bool> {
        piece.clear();
        return write_events(tx, head, from, piece);
      });
      if (!page) return base::pass(page);
      wanted = out(piece);
      more = *page && wanted;
    }
  }
  return {};
}

bool AuditKeeper::write_events(Transaction& tx, const Head& head, std::int64_t& from,
                               std::string& into) const {
  int rows = 0;
  auto last = from;
  tx.scan(
      "select chain, number, id, recorded_ms, principal, roles, remote, purpose, action, "
      "resource_type, resource_id, patient_ids, outcome, reason, mac from audit_event "
      "where chain = $1 and number > $2 and number <= $3 order by number limit $4",
      {head.chain, from, head.number, std::int64_t{page_size}}, [&](TextRow text) {
        AuditRow row;
        std::copy(text.begin(), text.end(), row.begin());
        write_trail_event(row, into);
        last = std::stoll(std::string(row[a_number]));
        ++rows;
      });
  from = last;
  return rows == page_size;
}

}  // namespace facet::storage
