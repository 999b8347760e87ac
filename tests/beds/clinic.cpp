// SPDX-License-Identifier: MPL-2.0
#include "beds/clinic.h"

#include <catch2/catch.hpp>

#include "base/interval.h"

namespace facet::test {

using storage::Act;

namespace {

const std::string organization_id = "0199a000-0000-7000-8000-000000000001";
const std::string site_id = "0199a000-0000-7000-8000-000000000002";
const std::string room_id = "0199a000-0000-7000-8000-000000000003";
const storage::Keys keys{std::string(32, 'c'), std::string(32, 'i'), std::string(32, 'a')};

template <class T>
void must(const base::Result<T>& result) {
  if (!result) FAIL(result.error().field + ": " + result.error().message);
}

template <class Record>
void put(Act& act, const storage::Records<Record>& records, Record record) {
  must(records.put(act, std::move(record)));
}

}  // namespace

base::Result<orders::GateAnswer> TestGate::ask(Act&, const std::string&, const std::string&,
                                               const std::string& asked_at, std::int64_t) const {
  if (asked_at == "ready") ++asked_when_ready;
  if (asked_at == "signing") ++asked_when_signing;
  if (open || asked_at == "booking") return orders::GateAnswer{true, {}};
  return orders::GateAnswer{false, {"The test closed the gate."}};
}

TestClinic::TestClinic(const base::Clock& a_clock)
    : clock(a_clock),
      orders_service(staff),
      observations(knowledge::catalogue()),
      schedules(places, staff),
      bookings(schedules, patients, orders_service.requests.records(), gate) {
  storage::Settings where;
  where.location = (folder.path / "clinic.db").string();
  auto opened = storage::Database::open(where, clock.now_ms());
  must(opened);
  database = std::move(*opened);
  acts = std::make_unique<storage::Acts>(*database, keys, clock);
  fill();
}

void TestClinic::fill() {
  const base::Principal admin{"admin", {"admin", "physiotherapist"}, "", ""};
  must(acts->write(admin, [&](Act& act) -> base::Status {
    put(act, places.organizations.records(), {organization_id, {}, "active", "Clinic", {}});
    clinic::Location site{site_id, {}, organization_id, "active", {}, "Site", "Europe/London"};
    put(act, places.locations.records(), site);
    clinic::Location room{room_id, {}, organization_id, "active", site_id, "Room", {}};
    put(act, places.locations.records(), room);
    for (const auto& id : {bed_id, other_bed_id}) {
      clinic::Device bed;
      bed.id = id;
      bed.organization_id = organization_id;
      bed.location_id = room_id;
      bed.name = "Bed";
      put(act, places.devices.records(), bed);
    }
    clinic::Practitioner person;
    person.id = physio.user_id;
    person.organization_id = organization_id;
    person.name = "Physio";
    put(act, staff.practitioners.records(), person);
    scheduling::Schedule schedule;
    schedule.id = schedule_id;
    schedule.organization_id = organization_id;
    schedule.device_id = bed_id;
    schedule.room_id = room_id;
    schedule.practitioner_id = person.id;
    put(act, schedules.schedules.records(), schedule);
    clinic::Patient patient;
    patient.id = patient.patient_id = patient_id;
    patient.organization_id = organization_id;
    patient.names = R"([{"family":"Canary","given":["Pii"]}])";
    if (auto saved = patients.patients.save(act, patient); !saved) return base::pass(saved);
    orders::ServiceRequest request;
    request.id = request_id;
    request.patient_id = patient_id;
    request.requester_id = person.id;
    request.zones = "left_lower,right_lower";
    request.strength = 3;
    request.speed = 2;
    put(act, orders_service.requests.records(), request);
    return {};
  }));
}

std::string TestClinic::book() {
  const auto now = clock.now_ms();
  scheduling::Appointment asked;
  asked.id = base::uuid_v7(now);
  asked.patient_id = patient_id;
  asked.service_request_id = request_id;
  asked.schedule_id = schedule_id;
  asked.device_id = bed_id;
  asked.room_id = room_id;
  asked.practitioner_id = physio.user_id;
  asked.start_ms = now - now % base::minute_ms;
  asked.end_ms = asked.start_ms + 20 * base::minute_ms;
  must(acts->write(physio, [&](Act& act) { return bookings.save(act, asked); }));
  return asked.id;
}

void TestClinic::cancel(const std::string& appointment_id) {
  must(acts->write(physio, [&](Act& act) {
    auto appointment = bookings.current(act, appointment_id).value();
    appointment.status = "cancelled";
    return bookings.save(act, appointment, appointment.version.number);
  }));
}

std::int64_t TestClinic::number(const std::string& sql) {
  auto result = database->read([&](storage::Transaction& tx) -> base::Result<std::int64_t> {
    const auto row = tx.query_one<std::int64_t>(sql);
    return row ? std::get<0>(*row) : -1;
  });
  must(result);
  return *result;
}

std::string TestClinic::text(const std::string& sql) {
  auto result = database->read([&](storage::Transaction& tx) -> base::Result<std::string> {
    const auto row = tx.query_one<std::string>(sql);
    return row ? std::get<0>(*row) : std::string();
  });
  must(result);
  return *result;
}

beds::BedSettings TestClinic::settings(std::uint16_t port, std::uint16_t pairing_port) const {
  beds::BedSettings made;
  made.enabled = true;
  made.keys = folder.path / "keys";
  made.port = port;
  made.pairing_port = pairing_port;
  return made;
}

beds::BedNeeds TestClinic::needs() {
  return {*acts, gate, orders_service.requests.records(), bookings, observations, places};
}

bool pair(beds::BedService& service, TestClinic& clinic, BedProcess& bed) {
  std::string code;
  if (!eventually([&] { return !(code = bed.status()["pairing_code"]).empty(); })) return false;
  const auto paired = service.pair(clinic.physio, bed_id, code, 15s);
  if (!paired) UNSCOPED_INFO(paired.error().message);
  return paired && eventually([&] { return bed.status()["connected"] == true; });
}

}  // namespace facet::test
