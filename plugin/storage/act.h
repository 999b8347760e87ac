// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>

#include "base/clock.h"
#include "storage/audit_chain.h"
#include "storage/database.h"
#include "storage/patient_cipher.h"

namespace facet::storage {

/// One act of one principal: what every service function takes. It may compose several services,
/// all in one transaction; what it touched is audited in that transaction.
class Act {
 public:
  Act(Transaction& transaction, const base::Principal& principal, const PatientKeys& patient_keys,
      std::int64_t at_ms)
      : tx(transaction), who(principal), keys(patient_keys), now_ms(at_ms) {}

  Transaction& tx;
  const base::Principal& who;
  const PatientKeys& keys;
  const std::int64_t now_ms;  // the same for everything in the act
  std::string reason;         // why a change is made, as its author says; empty if they did not

  /// Opens and seals what belongs to one patient; fetched once an act. Throws StorageError.
  const PatientCipher& cipher(const std::string& patient_id);
  /// Makes the data key of a new patient. Throws StorageError(conflict) if there is one.
  void create_cipher(const std::string& patient_id);

  /// Notes data that was read or written.
  void touch(char action, std::string type, std::string id, std::vector<std::string> patient_ids) {
    accesses.push_back({action, std::move(type), std::move(id), std::move(patient_ids), "0", {}});
  }
  /// Notes data read as part of one list: one event with all its patients.
  void touch_list(const std::string& type, const std::string& patient_id);

  /// Registers a write that is part of the record whether the act succeeds or is refused, such as a
  /// rule's answer: it runs in the act's transaction, or in that of the refusal.
  void write_even_if_refused(std::function<void(Transaction&)> write) {
    lasting.push_back(std::move(write));
  }

  std::vector<Access> accesses;
  std::vector<std::function<void(Transaction&)>> lasting;

 private:
  std::map<std::string, PatientCipher> ciphers_;
};

/// Runs acts: opens the transaction, hands out the Act, audits what it touched, commits. A refused
/// act leaves no change, and is audited in a transaction of its own. Threads: safe.
class Acts {
 public:
  Acts(Database& database, const Keys& keys, const base::Clock& clock)
      : database_(database), keys_(keys), audit_(keys), clock_(clock) {}

  template <class Fn>
  auto write(const base::Principal& who, Fn&& fn) -> std::invoke_result_t<Fn, Act&> {
    return perform(
        who, [&](auto&& closure) { return database_.write(closure); }, fn, true);
  }

  /// For reads: the data comes from a snapshot, and the answer waits for its audit record.
  template <class Fn>
  auto read(const base::Principal& who, Fn&& fn) -> std::invoke_result_t<Fn, Act&> {
    return perform(
        who, [&](auto&& closure) { return database_.read(closure); }, fn, false);
  }

  const AuditChain& audit() const { return audit_; }
  Database& database() { return database_; }
  const base::Clock& clock() const { return clock_; }

 private:
  /// What an act leaves to be written with its audit.
  struct Notes {
    std::vector<Access> accesses;
    std::vector<std::function<void(Transaction&)>> lasting;
  };

  template <class Run, class Fn>
  auto perform(const base::Principal& who, Run&& run, Fn& fn, bool writes)
      -> std::invoke_result_t<Fn, Act&> {
    const auto now_ms = clock_.now_ms();
    Notes notes;
    auto result = run([&](Transaction& tx) {
      Act act(tx, who, keys_, now_ms);
      struct Keep {  // also when the act throws
        Act& act;
        Notes& notes;
        ~Keep() { notes = {std::move(act.accesses), std::move(act.lasting)}; }
      } keep{act, notes};
      auto answer = fn(act);
      if (writes && answer) append(tx, who, {act.accesses, act.lasting}, now_ms);
      return answer;
    });
    if (!result)
      refused(who, std::move(notes), result.error(), now_ms);
    else if (!writes && !notes.accesses.empty())
      if (auto audited = append_alone(who, notes, now_ms); !audited)
        result = tl::unexpected<base::Error>(audited.error());
    return result;
  }

  void append(Transaction& tx, const base::Principal& who, const Notes& notes,
              std::int64_t now_ms) const;
  base::Status append_alone(const base::Principal& who, const Notes& notes, std::int64_t now_ms);
  void refused(const base::Principal& who, Notes notes, const base::Error& error,
               std::int64_t now_ms);

  Database& database_;
  PatientKeys keys_;
  AuditChain audit_;
  const base::Clock& clock_;
};

}  // namespace facet::storage
