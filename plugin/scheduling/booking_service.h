// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/interval.h"
#include "clinic/patient_service.h"
#include "orders/gate.h"
#include "orders/order.h"
#include "scheduling/appointment.h"
#include "scheduling/schedule_service.h"

namespace facet::scheduling {

/// How long before the slot a patient is checked in; BackHug publishes 9 minutes (design.md, "A bed
/// session, end to end").
inline constexpr std::int64_t check_in_before_ms = 9 * base::minute_ms;

struct AppointmentQuery {
  std::optional<std::string> patient_id;
  std::optional<std::string> device_id;
  std::optional<std::string> room_id;
  std::optional<std::string> practitioner_id;
  std::optional<std::string> status;
  std::optional<std::int64_t> from_ms;  // bounds of the start; soonest first if there is one,
  std::optional<std::int64_t> to_ms;    // else latest first
  int most = 50;
};

/// Appointments: booked, moved, cancelled, missed, fulfilled. Whoever is booked is held by the
/// database, so that two can never have one bed, room, physiotherapist or patient at one time.
/// Threads: safe.
class BookingService {
 public:
  using Stored = storage::Stored<Appointment>;

  /// The services must outlive this one; `requests` are the orders service's records.
  BookingService(const ScheduleService& schedules, const clinic::PatientService& patients,
                 const storage::Records<orders::ServiceRequest>& requests,
                 const orders::Gate& gate);

  /// Brings an appointment to what is asked: books a new id; moves a booked one to another time,
  /// schedule or order; notes that the patient arrived; checks them in, if the gate lets them; takes
  /// either back; cancels it or notes that the patient did not come. schedule_id may be empty: it
  /// is found by the three actors. Anything but a new id or an unchanged record needs
  /// `if_match`. What befell is posted to the outbox as "appointment". Errors: denied; invalid;
  /// blocked, the gate is closed or the patient has died; conflict, what is taken and from when to
  /// when, or somebody else changed the appointment.
  base::Result<Stored> save(storage::Act& act, Appointment asked,
                            std::optional<std::int64_t> if_match = {}) const;

  /// Notes that the session was delivered. For the beds' services, whose principals may record
  /// sessions. Errors: denied; not_found; conflict, it was cancelled or missed.
  base::Result<Appointment> fulfil(storage::Act& act, const std::string& id) const;

  /// Errors: denied, not_found.
  base::Result<Appointment> find(storage::Act& act, const std::string& id,
                                 std::optional<std::int64_t> version = {}) const;
  /// Errors: denied.
  base::Result<std::vector<Appointment>> search(storage::Act& act,
                                                const AppointmentQuery& query) const;
  /// The current version, for services that act for a bed or a timer; they authorise themselves.
  std::optional<Appointment> current(storage::Act& act, const std::string& id) const;

  /// The rows as they are stored, without the actors, which with_actors() adds from the schedule.
  const storage::Records<Appointment>& records() const { return appointments_.records(); }
  Appointment with_actors(storage::Act& act, Appointment appointment) const;

 private:
  base::Status find_schedule(storage::Act& act, Appointment& asked,
                             const std::optional<Appointment>& before) const;
  base::Result<Place> check_booking(storage::Act& act, Appointment& asked) const;
  base::Result<std::int64_t> ordered_minutes(storage::Act& act, const Appointment& asked) const;
  base::Status check_in(storage::Act& act, const Appointment& asked) const;
  base::Status ask_gate(storage::Act& act, const Appointment& asked, const char* asked_at,
                        std::int64_t for_ms) const;
  base::Status take(storage::Act& act, const Appointment& booked, const Place& place) const;

  const ScheduleService& schedules_;
  const clinic::PatientService& patients_;
  const storage::Records<orders::ServiceRequest>& requests_;
  const orders::Gate& gate_;
  clinic::RecordService<Appointment> appointments_;
};

}  // namespace facet::scheduling
