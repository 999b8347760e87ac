// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_service.h"

#include "base/interval.h"
#include "clinic/consent_store.h"
#include "clinic/patient_merge.h"
#include "clinic/patient_store.h"
#include "clinic/related_person_store.h"

namespace facet::clinic {
namespace {

using base::ErrorCode;
using base::Status;
using storage::Act;

constexpr int adult_years = 16;  // who is younger consents by a guardian

/// What was said is not rewritten; it can be withdrawn, or taken back as recorded in error.
Status check_change(Act& act, const Consent& before, Consent& consent) {
  const bool same = before.category == consent.category && before.given_ms == consent.given_ms &&
                    before.text_version == consent.text_version &&
                    before.performer_type == consent.performer_type &&
                    before.performer_id == consent.performer_id;
  const bool unchanged = consent.status == before.status;
  const bool next = unchanged || consent.status == "entered-in-error" ||
                    (before.status == "active" && consent.status == "inactive");
  if (!same || !next)
    return base::fail(
        ErrorCode::conflict, "Consent",
        "What a patient said is not rewritten: withdraw it, or take it back as entered "
        "in error, and record another consent.");
  if (consent.withdrawn_ms && consent.withdrawn_ms != before.withdrawn_ms)
    return base::invalid("Consent.extension",
                         "When a consent is withdrawn is the server's to say.");
  consent.withdrawn_ms = before.withdrawn_ms;
  if (!unchanged && !act.reason.empty()) consent.note = act.reason;
  if (!consent.note) consent.note = before.note;
  return {};
}

/// Only a guardian or proxy of that day speaks for a patient.
Status check_performer(Act& act, const Consent& consent, bool& by_guardian) {
  if (!consent.performer_id) return {};
  if (consent.performer_type == "Patient") {
    if (*consent.performer_id == consent.patient_id) return {};
    return base::invalid("Consent.performer", "Another patient cannot consent for this one.");
  }
  const auto person = related_person_records()->current(act, *consent.performer_id);
  if (!person || person->patient_id != consent.patient_id)
    return base::invalid("Consent.performer", "This patient has no related person with this id.");
  if (!decides_at(*person, consent.given_ms))
    return base::invalid("Consent.performer",
                         "This person was not the patient's guardian or proxy at that time.");
  by_guardian = true;
  return {};
}

/// Under 16 a guardian consents, or the author says how competence was assessed. That is simpler
/// than the law, which asks for each decision whether the child understands it (Gillick v West
/// Norfolk and Wisbech AHA [1986] AC 112); who judges that is the clinician, and the record keeps
/// their words.
Status check_minor(Act& act, Consent& consent) {
  const auto patient = patient_records()->current(act, consent.patient_id);
  const auto age = patient ? age_at(*patient, consent.given_ms) : std::nullopt;
  if (!age || *age >= adult_years) return {};
  if (act.reason.empty())
    return base::invalid("Consent.performer",
                         "The patient is under 16: name the guardian who consents, or say in the "
                         "reason how the patient's competence was assessed.");
  consent.note = act.reason;
  return {};
}

Status check(Act& act, Consent& consent) {
  if (consent.given_ms > act.now_ms + base::minute_ms)
    return base::invalid("Consent.dateTime", "This lies in the future.");
  const auto before = consent_records()->current(act, consent.id);
  if (before) {
    if (auto ok = check_change(act, *before, consent); !ok) return ok;
  } else {
    if (consent.withdrawn_ms)
      return base::invalid("Consent.extension",
                           "When a consent is withdrawn is the server's to say.");
    bool by_guardian = false;
    if (auto ok = check_performer(act, consent, by_guardian); !ok) return ok;
    if (consent.status == "active" && !by_guardian)
      if (auto ok = check_minor(act, consent); !ok) return ok;
  }
  if (consent.status == "inactive" && !consent.withdrawn_ms) consent.withdrawn_ms = act.now_ms;
  return {};
}

}  // namespace

ConsentService::ConsentService()
    : consents(consent_records(),
               {"Consent", Permission::read_clinical, Permission::write_clinical, check}) {}

bool ConsentService::active(Act& act, const std::string& patient_id, const std::string& category,
                            std::int64_t at_ms) const {
  static const std::string said =
      std::string(of_same_person) +
      " and category = :category and (status in ('inactive', 'rejected') or "
      "(status = 'active' and given_ms <= :at))";
  const auto last = consents.records().where(
      act, said, "order by coalesce(withdrawn_ms, given_ms) desc, status desc, id limit 1",
      patient_id, patient_id, category,
      at_ms);  // of two at once, a no: "active" is the first by name
  return !last.empty() && last.front().status == "active";
}

}  // namespace facet::clinic
