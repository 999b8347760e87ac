// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/procedure.h"
#include "beds/session.h"
#include "clinic/record_service.h"
#include "scheduling/booking_service.h"
#include "symptoms/observation_service.h"

namespace facet::beds {

/// What beds did. Threads: safe.
class ProcedureService {
 public:
  /// The services must outlive this one.
  ProcedureService(const symptoms::ObservationService& observations,
                   const scheduling::BookingService& bookings);

  /// Records a bed's result: procedure, tension before and after, the appointment fulfilled. Once
  /// an order, however often it is called. What the record cannot take (the patient was erased, the
  /// appointment was cancelled meanwhile) is left out. Errors: denied.
  base::Status record(storage::Act& act, const Session& session,
                      const bedlink::SessionResult& result, bool simulated) const;

  clinic::RecordService<Procedure> procedures;

 private:
  void record_tension(storage::Act& act, const Procedure& procedure,
                      const bedlink::SessionResult& result) const;

  const symptoms::ObservationService& observations_;
  const scheduling::BookingService& bookings_;
};

}  // namespace facet::beds
