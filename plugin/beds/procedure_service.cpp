// SPDX-License-Identifier: MPL-2.0
#include "beds/procedure_service.h"

#include "base/uuid.h"
#include "beds/procedure_store.h"

namespace facet::beds {

using base::Status;
using clinic::Permission;
using storage::Act;

ProcedureService::ProcedureService(const symptoms::ObservationService& observations,
                                   const scheduling::BookingService& bookings)
    : procedures(procedure_records(),
                 {"Procedure", Permission::read_clinical, Permission::record_session}),
      observations_(observations),
      bookings_(bookings) {}

Status ProcedureService::record(Act& act, const Session& session,
                                const bedlink::SessionResult& result, bool simulated) const {
  if (!procedures.records().where(act, "order_id = :order", "", session.order_id).empty())
    return {};
  if (!clinic::patient_exists(act, session.patient_id)) return {};
  auto procedure = procedure_of(result);
  procedure.id = base::uuid_v7(act.now_ms);
  procedure.patient_id = session.patient_id;
  procedure.service_request_id = session.service_request_id;
  procedure.appointment_id = session.appointment_id;
  procedure.simulated = simulated;
  auto stored = procedures.save(act, std::move(procedure));
  if (!stored) return base::pass(stored);
  record_tension(act, stored->record, result);
  const auto fulfilled = bookings_.fulfil(act, session.appointment_id);
  if (!fulfilled && fulfilled.error().code == base::ErrorCode::denied)
    return tl::unexpected<base::Error>(fulfilled.error());
  return {};
}

void ProcedureService::record_tension(Act& act, const Procedure& procedure,
                                      const bedlink::SessionResult& result) const {
  for (const auto& zone : result.zones) {
    if (zone.seconds == 0) continue;
    symptoms::Observation reading;
    reading.patient_id = procedure.patient_id;
    reading.procedure_id = procedure.id;
    reading.code_system = symptoms::measure_system;
    reading.site = zone.zone;
    const auto save = [&](const char* code, std::int64_t value, std::int64_t at_ms) {
      reading.id = base::uuid_v7(act.now_ms);
      reading.code = code;
      reading.value = value;
      reading.effective_ms = at_ms;
      (void)observations_.record_reading(act, reading);  // out of range: the procedure keeps it
    };
    save("tension-before", zone.tension_before, procedure.start_ms);
    save("tension-after", zone.tension_after, procedure.end_ms);
  }
}

}  // namespace facet::beds
