// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <set>

#include "storage/audit_heads.h"
#include "storage/audit_row.h"

namespace facet::storage {

/// What was done to the trail, and where.
struct AuditProblem {
  /// changed, removed, inserted, reordered, cut (the end of a chain), missing (a whole chain),
  /// heads (the signed heads themselves).
  std::string kind;
  std::string chain;
  std::int64_t number = 0;
  std::string text;  // one sentence
};

struct ChainReport {
  bool valid = true;
  std::int64_t events = 0;
  std::int64_t chains = 0;
  std::int64_t heads = 0;              // signed heads that were compared
  std::int64_t heads_to_ms = 0;        // when the last of them was written; 0 if there are none
  std::vector<AuditProblem> problems;  // the first of each chain
  std::string problem;                 // the first of all, as one sentence
};

/// The user id and reason by which the trail itself notes that signed heads were written.
inline constexpr std::string_view head_writer = "system:audit";
std::string head_note(const std::string& book, std::int64_t entry);

/// Checks a trail row by row, in order of chain and number, and against signed heads. Bounded
/// memory. Threads: one at a time.
class AuditVerifier {
 public:
  /// `place`: notes of heads from other places are passed over; empty: every note counts.
  AuditVerifier(std::string_view key, HeadSet heads, std::string place = {});

  void add(const AuditRow& row);
  /// Something that the source of the rows found.
  void report(AuditProblem problem);
  ChainReport finish();

 private:
  /// A row kept to find out what was done to it.
  using Suspect = std::array<std::string, audit_columns.size()>;

  std::string& previous() { return macs_[good_ % macs_.size()]; }
  void begin_chain(std::string_view chain);
  void end_chain();
  void check_heads(const AuditRow& row);
  void read_note(const AuditRow& row);
  void compare_books();
  AuditProblem diagnose();
  /// The number under which a row was once sealed here; nothing if it never was.
  std::optional<std::int64_t> sealed_as(const Suspect& row, std::int64_t number);
  std::optional<std::int64_t> sealed_near(const Suspect& row);

  AuditSeal seal_;
  HeadSet heads_;
  std::string place_;
  ChainReport report_;
  std::set<std::string, std::less<>> seen_;
  std::map<std::string, std::int64_t> noted_;  // by book: the last entry that the trail noted

  std::string chain_;
  bool in_chain_ = false;
  bool broken_ = false;
  std::int64_t expected_ = 1;        // the number of the next row
  std::int64_t last_ = 0;            // the highest number of the chain
  std::array<std::string, 4> macs_;  // of the last good rows
  std::size_t good_ = 0;
  std::vector<Suspect> suspects_;  // the first bad row and those after it
  const std::vector<HeadSet::Point>* points_ = nullptr;
  std::size_t next_point_ = 0;
};

}  // namespace facet::storage
