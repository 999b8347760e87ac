// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"
#include "clinic/visit.h"

namespace facet::clinic {

/// Courses of care and visits. A visit is signed by its status, see visit_rules.h; one that is taken
/// back takes its records with it. Threads: safe.
class VisitService {
 public:
  VisitService();
  VisitService(const VisitService&) = delete;

  RecordService<EpisodeOfCare> episodes;
  RecordService<Encounter> encounters;

  /// Names records that belong to visits, before the first request. The service must outlive this.
  template <class Record>
  void holds(const RecordService<Record>& service) {
    held_.push_back([&service](storage::Act& act, const Encounter& visit) {
      take_back(act, service, visit);
    });
  }

 private:
  /// Signs the visit, or amends what was signed.
  base::Status follow(storage::Act& act, const Encounter* before, const Encounter& now) const;

  template <class Record>
  static void take_back(storage::Act& act, const RecordService<Record>& service,
                        const Encounter& visit) {
    for (auto& record : service.records().where(
             act, "patient_id = :patient and encounter_id = :visit", "order by id",
             visit.patient_id, visit.id)) {
      if (entered_in_error(record)) continue;
      set_entered_in_error(record);
      const auto now = service.records().amend(act, std::move(record));
      act.touch('U', service.type(), now.id, {now.patient_id});
      leave_provenance(
          act, {service.type(), now.id, now.version.number, now.patient_id, Change::takes_back},
          "enter-in-error");
    }
  }

  template <class Record>
  static void set_entered_in_error(Record& record) {
    if constexpr (requires { record.verification_status; }) {
      record.verification_status = "entered-in-error";
      record.clinical_status.reset();  // con-5 of FHIR
    } else {
      record.status = "entered-in-error";
    }
  }

  std::vector<std::function<void(storage::Act&, const Encounter&)>> held_;
};

}  // namespace facet::clinic
