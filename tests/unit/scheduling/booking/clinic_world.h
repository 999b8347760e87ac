// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/time_text.h"
#include "orders/order_store.h"
#include "scheduling/booking_service.h"
#include "store/engines.h"

namespace facet::testing {

/// A gate that answers as the test says. Threads: not while it is being changed.
class SetGate final : public orders::Gate {
 public:
  base::Result<orders::GateAnswer> ask(storage::Act&, const std::string&, const std::string&,
                                       const std::string& asked_at,
                                       std::int64_t for_ms) const override {
    if (asked_at != "booking") throw std::logic_error("asked at the wrong time");
    if (for_ms < closed_from_ms) return orders::GateAnswer{true, {}};
    return orders::GateAnswer{false, {"The clearance has ended.", "Anticoagulants."}};
  }
  std::int64_t closed_from_ms = INT64_MAX;
};

/// A clinic with two beds in two rooms, two physiotherapists and three patients, on Monday 23
/// November 2026 at 08:00. Schedule "s1" is bed1, room1, physio1, open 08:00 to 18:00 on weekdays;
/// others are made by the test. Every patient pN has orders oN (20 minutes).
class ClinicWorld {
 public:
  explicit ClinicWorld(storage::Dialect dialect) : scratch(dialect), database(scratch.open()) {
    write(admin, [&](storage::Act& act) { return furnish(act); });
  }

  template <class Fn>
  void write(const base::Principal& who, Fn&& fn) {
    const base::Status done = acts.write(who, fn);
    if (!done) FAIL(done.error().field << ": " << done.error().message);
  }

  scheduling::Appointment asked(const std::string& id, const std::string& patient, int minutes_on,
                                const std::string& schedule = "s1") const {
    scheduling::Appointment a;
    a.id = id;
    a.patient_id = "p" + patient;
    a.service_request_id = "o" + patient;
    a.schedule_id = schedule;
    a.start_ms = monday_ms + minutes_on * base::minute_ms;
    a.end_ms = a.start_ms + 20 * base::minute_ms;
    // "s1" is bed1, room1, physio1; "s212" is bed2, room1, physio2
    const auto n = schedule == "s1" ? std::string("111") : schedule.substr(1);
    a.device_id = std::string("bed") + n[0];
    a.room_id = std::string("room") + n[1];
    a.practitioner_id = std::string("physio") + n[2];
    return a;
  }

  base::Result<scheduling::BookingService::Stored> save(const scheduling::Appointment& appointment,
                                                        std::optional<std::int64_t> if_match = {},
                                                        const base::Principal* who = nullptr) {
    return acts.write(who != nullptr ? *who : reception,
                      [&](storage::Act& act) { return bookings.save(act, appointment, if_match); });
  }

  base::Result<std::vector<scheduling::Slot>> slots(scheduling::SlotQuestion question) {
    return acts.read(reception,
                     [&](storage::Act& act) { return schedules.free_slots(act, question); });
  }

  /// Patient pN with order oN.
  base::Status admit(storage::Act& act, const std::string& n) {
    clinic::Patient patient;
    patient.id = patient.patient_id = "p" + n;
    patient.organization_id = "org";
    patient.names = R"([{"family": "Example"}])";
    if (auto ok = put(patients.patients, act, patient); !ok) return ok;
    orders::ServiceRequest request;
    request.id = "o" + n;
    request.patient_id = patient.id;
    request.requester_id = "physio1";
    request.zones = "left_lower";
    requests->amend(act, request);
    return {};
  }

  base::Status add_schedule(const std::string& id, const std::string& device,
                            const std::string& room, const std::string& person) {
    return acts.write(admin, [&](storage::Act& act) -> base::Status {
      return put(schedules.schedules, act, schedule(id, device, room, person));
    });
  }

  static scheduling::Schedule schedule(const std::string& id, const std::string& device,
                                       const std::string& room, const std::string& person) {
    scheduling::Schedule s;
    s.id = id;
    s.device_id = device;
    s.room_id = room;
    s.practitioner_id = person;
    return s;
  }

  template <class Record>
  static base::Status put(const clinic::RecordService<Record>& service, storage::Act& act,
                          Record record, std::optional<std::int64_t> if_match = {}) {
    auto stored = service.save(act, std::move(record), if_match);
    if (!stored) return base::pass(stored);
    return {};
  }

  static inline const std::int64_t monday_ms = base::parse_instant("2026-11-23T08:00:00Z").value();

  Scratch scratch;
  std::unique_ptr<storage::Database> database;
  storage::Keys keys = test_keys();
  base::FakeClock clock{monday_ms};
  storage::Acts acts{*database, keys, clock};
  base::Principal admin{"admin1", {"admin"}, "", ""};
  base::Principal reception{"desk1", {"reception"}, "", ""};
  base::Principal physio{"physio1", {"physiotherapist"}, "", ""};
  base::Principal bed{"device:bed1", {"device"}, "", ""};
  clinic::PlacesService places;
  clinic::PractitionerService staff;
  clinic::PatientService patients;
  std::unique_ptr<storage::Records<orders::ServiceRequest>> requests =
      orders::service_request_records();
  SetGate gate;
  scheduling::ScheduleService schedules{places, staff};
  scheduling::BookingService bookings{schedules, patients, *requests, gate};

 private:
  base::Status furnish(storage::Act& act) {
    clinic::Organization organization;
    organization.id = "org";
    organization.name = "Clinic";
    if (auto ok = put(places.organizations, act, organization); !ok) return ok;
    clinic::Location site;
    site.id = "site";
    site.organization_id = "org";
    site.name = "Site";
    site.time_zone = "Europe/London";
    if (auto ok = put(places.locations, act, site); !ok) return ok;
    for (const std::string n : {"1", "2"})
      if (auto ok = furnish_room(act, n); !ok) return ok;
    for (const std::string n : {"1", "2", "3"})
      if (auto ok = admit(act, n); !ok) return ok;
    auto s1 = schedule("s1", "bed1", "room1", "physio1");
    for (int day = 1; day <= 5; ++day) s1.opening.push_back({day, 480, 1080});
    return put(schedules.schedules, act, s1);
  }

  base::Status furnish_room(storage::Act& act, const std::string& n) {
    clinic::Location room;
    room.id = "room" + n;
    room.organization_id = "org";
    room.part_of_id = "site";
    room.name = "Room " + n;
    if (auto ok = put(places.locations, act, room); !ok) return ok;
    clinic::Device device;
    device.id = "bed" + n;
    device.organization_id = "org";
    device.location_id = "room" + n;
    device.name = "Bed " + n;
    if (auto ok = put(places.devices, act, device); !ok) return ok;
    clinic::Practitioner person;
    person.id = "physio" + n;
    person.organization_id = "org";
    person.name = "Physio " + n;
    return put(staff.practitioners, act, person);
  }
};

}  // namespace facet::testing
