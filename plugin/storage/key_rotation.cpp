// SPDX-License-Identifier: MPL-2.0
#include "storage/key_rotation.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace facet::storage {

using base::ErrorCode;

base::Result<KeyRotation> KeyRotation::begin(Database& database, const PatientKeys& keys,
                                             std::int64_t now_ms) {
  const auto& folder = keys.ring().folder();
  if (folder.empty())
    return base::fail(ErrorCode::unsupported, "keys", "These keys are not in a folder.");
  const int lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0)
    return base::fail(ErrorCode::unavailable, "keys",
                      "The folder " + folder.string() + " cannot be read.");
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return base::fail(ErrorCode::conflict, "keys", "The clinic key is being rotated already.");
  }
  return KeyRotation(database, keys, now_ms, lock);
}

KeyRotation::KeyRotation(KeyRotation&& other) noexcept
    : database_(other.database_),
      keys_(other.keys_),
      now_ms_(other.now_ms_),
      lock_(std::exchange(other.lock_, -1)),
      stage_(other.stage_),
      patients_(other.patients_),
      id_(std::move(other.id_)) {}

KeyRotation::~KeyRotation() {
  if (lock_ >= 0) ::close(lock_);
}

base::Result<bool> KeyRotation::step() {
  const auto next = [this](const base::Status& status, Stage stage) -> base::Result<bool> {
    if (!status) return tl::unexpected<base::Error>(status.error());
    stage_ = stage;
    return stage != Stage::done;
  };
  switch (stage_) {
    case Stage::make:
      return next(make(), Stage::list);
    case Stage::list:
      return next(list(), Stage::wrap);
    case Stage::wrap: {
      auto wrapped = wrap_batch();
      if (!wrapped) return base::pass(wrapped);
      patients_ += *wrapped;
      if (*wrapped == 0) stage_ = Stage::retire;
      return true;
    }
    case Stage::retire: {
      auto retired = retire();
      if (!retired) return base::pass(retired);
      stage_ = *retired ? Stage::replace : Stage::wrap;
      return true;
    }
    case Stage::replace: {
      if (auto replaced = replace_clinic_key(keys_.ring().folder()); !replaced)
        return base::pass(replaced);
      return next(keys_.ring().reload(), Stage::done);
    }
    case Stage::done:
      break;
  }
  return false;
}

base::Status KeyRotation::finish() {
  for (;;) {
    auto more = step();
    if (!more) return base::pass(more);
    if (!*more) return {};
  }
}

base::Status KeyRotation::make() {
  if (auto made = create_next_clinic_key(keys_.ring().folder()); !made) return made;
  if (auto loaded = keys_.ring().reload(); !loaded) return loaded;
  id_ = keys_.ring().next_id();
  return {};
}

base::Status KeyRotation::list() {
  return database_->write([this](Transaction& tx) -> base::Status {
    const auto newest = tx.query_one<std::int64_t>(
        "select created_ms from clinic_key order by created_ms desc limit 1");
    const auto at_ms = newest ? std::max(now_ms_, std::get<0>(*newest) + 1) : now_ms_;
    tx.execute(
        "insert into clinic_key (id, created_ms) values (:id, :now) on conflict (id) do nothing",
        id_, at_ms);
    return {};
  });
}

base::Result<std::int64_t> KeyRotation::wrap_batch() {
  return database_->write([this](Transaction& tx) -> base::Result<std::int64_t> {
    std::int64_t wrapped = 0;
    for (const auto& [old] :
         tx.query<std::string>("select id from clinic_key where id <> :next order by id", id_))
      for (const auto& [patient, key] : tx.query<std::string, std::string>(
               "select patient_id, wrapped_key from patient_key where clinic_key_id = :old "
               "order by patient_id limit :batch",
               old, batch)) {
        const auto data_key = keys_.ring().unwrap(old, key, patient);
        // 0 rows: the patient was erased meanwhile.
        tx.execute(
            "update patient_key set wrapped_key = :key, clinic_key_id = :next "
            "where patient_id = :patient",
            keys_.ring().wrap(id_, data_key, patient), id_, patient);
        ++wrapped;
      }
    return wrapped;
  });
}

base::Result<bool> KeyRotation::retire() {
  const auto retired = database_->write([this](Transaction& tx) -> base::Status {
    tx.execute("delete from clinic_key where id <> :next", id_);
    return {};
  });
  if (retired) return true;
  // Somebody registered a patient with the old key in between: that row comes next.
  if (retired.error().code == ErrorCode::conflict) return false;
  return tl::unexpected<base::Error>(retired.error());
}

}  // namespace facet::storage
