// SPDX-License-Identifier: MPL-2.0
#include <atomic>
#include <thread>

#include "clinic_world.h"
#include "storage/outbox.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using scheduling::SlotQuestion;

namespace {

template <class T>
base::Error error_of(const base::Result<T>& result) {
  REQUIRE_FALSE(result.has_value());
  return result.error();
}

std::int64_t holds(ClinicWorld& world) {
  return count(*world.database, "select count(*) from booking_hold");
}

std::int64_t news(ClinicWorld& world) {
  return count(*world.database, "select count(*) from outbox where topic = 'appointment'");
}

}  // namespace

TEST_CASE(
    "a booking holds bed and room for turnover too, physiotherapist and patient for the session") {
  ClinicWorld world(any_engine());
  const auto booked = world.save(world.asked("a1", "1", 60));
  REQUIRE(booked);
  CHECK(booked->created);
  CHECK(booked->record.local_start == "2026-11-23T09:00");
  CHECK(booked->record.time_zone == "Europe/London");
  const auto lasts = [&](const std::string& resource) {
    return count(*world.database,
                 "select (end_ms - start_ms) / 60000 from booking_hold where resource_id = '" +
                     resource + "' and appointment_id = 'a1'");
  };
  CHECK(lasts("bed1") == 30);
  CHECK(lasts("room1") == 30);
  CHECK(lasts("physio1") == 20);
  CHECK(lasts("p1") == 20);
  CHECK(holds(world) == 4);
  CHECK(news(world) == 1);
}

TEST_CASE("the same booking again changes nothing, and other content needs the version") {
  ClinicWorld world(any_engine());
  REQUIRE(world.save(world.asked("a1", "1", 60)));
  const auto again = world.save(world.asked("a1", "1", 60));
  REQUIRE(again);
  CHECK_FALSE(again->created);
  CHECK(again->record.version.number == 1);
  CHECK(news(world) == 1);
  CHECK(error_of(world.save(world.asked("a1", "1", 120))).field == "If-Match");
  CHECK(error_of(world.save(world.asked("a1", "1", 120), 2)).field == "If-Match");
  CHECK(holds(world) == 4);
}

TEST_CASE("a booking that overlaps is refused by what is taken, never by whom") {
  ClinicWorld world(any_engine());
  REQUIRE(world.add_schedule("s222", "bed2", "room2", "physio2"));
  REQUIRE(world.add_schedule("s221", "bed2", "room2", "physio1"));
  REQUIRE(world.save(world.asked("a1", "1", 60)));

  auto error = error_of(world.save(world.asked("a2", "2", 75)));
  CHECK(error.code == ErrorCode::conflict);
  CHECK(error.message ==
        "The bed is taken from 09:00 to 09:30, the physiotherapist is taken from 09:00 to 09:20, "
        "the room is taken from 09:00 to 09:30.");
  // after the session, during turnover
  error = error_of(world.save(world.asked("a2", "2", 80)));
  CHECK(error.message ==
        "The bed is taken from 09:00 to 09:30, the room is taken from 09:00 to 09:30.");
  error = error_of(world.save(world.asked("a2", "2", 60, "s221")));
  CHECK(error.message == "The physiotherapist is taken from 09:00 to 09:20.");
  error = error_of(world.save(world.asked("a2", "1", 60, "s222")));
  CHECK(error.message == "The patient is taken from 09:00 to 09:20.");
  CHECK(holds(world) == 4);

  CHECK(world.save(world.asked("a2", "2", 60, "s222")));
  CHECK(world.save(world.asked("a3", "3", 90)));  // touches the turnover of the first
  CHECK(world.save(world.asked("a4", "3", 30)));
}

TEST_CASE("a room is never given twice, whichever bed stands in it") {
  ClinicWorld world(any_engine());
  world.write(world.admin, [&](storage::Act& act) {
    auto bed = *world.places.devices.records().current(act, "bed2");
    bed.location_id = "room1";
    return ClinicWorld::put(world.places.devices, act, bed, 1);
  });
  REQUIRE(world.add_schedule("s212", "bed2", "room1", "physio2"));
  REQUIRE(world.save(world.asked("a1", "1", 60)));
  CHECK(error_of(world.save(world.asked("a2", "2", 60, "s212"))).message ==
        "The room is taken from 09:00 to 09:30.");
}

TEST_CASE("sixteen who book one slot: exactly one gets it, the others hear that it is taken") {
  ClinicWorld world(any_engine());
  world.write(world.admin, [&](storage::Act& act) -> base::Status {
    for (int n = 10; n < 26; ++n)
      if (auto ok = world.admit(act, std::to_string(n)); !ok) return ok;
    return {};
  });
  std::atomic<int> won = 0, lost = 0;
  std::vector<std::thread> threads;
  for (int n = 10; n < 26; ++n)
    threads.emplace_back([&, n] {
      const auto booked = world.save(world.asked("a" + std::to_string(n), std::to_string(n), 60));
      if (booked)
        ++won;
      else if (booked.error().message.starts_with("The bed is taken from 09:00"))
        ++lost;
    });
  for (auto& thread : threads) thread.join();
  CHECK(won == 1);
  CHECK(lost == 15);
  CHECK(holds(world) == 4);
  CHECK(news(world) == 1);
}

TEST_CASE("a cancelled slot is free again, and its appointment stays cancelled") {
  ClinicWorld world(any_engine());
  REQUIRE(world.save(world.asked("a1", "1", 60)));
  auto cancelled = world.asked("a1", "1", 60);
  cancelled.status = "cancelled";
  cancelled.reason = "Has a cold";
  CHECK(error_of(world.save(cancelled)).field == "If-Match");
  const auto done = world.save(cancelled, 1);
  REQUIRE(done);
  CHECK(done->record.version.number == 2);
  CHECK(done->record.reason == "Has a cold");
  CHECK(holds(world) == 0);
  CHECK(news(world) == 2);
  CHECK(world.save(world.asked("a2", "2", 60)));
  CHECK(error_of(world.save(world.asked("a1", "1", 120), 2)).message ==
        "This appointment is cancelled; book another one.");
}

TEST_CASE("an appointment moves in one step, and stays where it was if it cannot") {
  ClinicWorld world(any_engine());
  REQUIRE(world.save(world.asked("a1", "1", 60)));
  REQUIRE(world.save(world.asked("a2", "2", 120)));
  CHECK(error_of(world.save(world.asked("a1", "1", 110), 1)).code == ErrorCode::conflict);
  CHECK(error_of(world.save(world.asked("a3", "3", 60))).code == ErrorCode::conflict);
  const auto moved = world.save(world.asked("a1", "1", 70), 1);  // overlaps its own old time
  REQUIRE(moved);
  CHECK(moved->record.local_start == "2026-11-23T09:10");
  CHECK(holds(world) == 8);
  CHECK(world.save(world.asked("a3", "3", 30)));
}

TEST_CASE("a closed gate refuses the booking, for the time of the slot") {
  ClinicWorld world(any_engine());
  world.gate.closed_from_ms = ClinicWorld::monday_ms + 90 * base::minute_ms;
  REQUIRE(world.save(world.asked("a1", "1", 60)));

  SECTION("the physiotherapist hears every reason") {
    const auto error = error_of(world.save(world.asked("a2", "2", 90), {}, &world.physio));
    CHECK(error.code == ErrorCode::blocked);
    CHECK(error.reasons == std::vector<std::string>{"The clearance has ended.", "Anticoagulants."});
  }
  SECTION("reception hears that there is no clearance, and nothing else") {
    const auto error = error_of(world.save(world.asked("a2", "2", 90), {}, &world.reception));
    CHECK(error.code == ErrorCode::blocked);
    CHECK(error.message == "No current clearance.");
    CHECK(error.reasons == std::vector<std::string>{"No current clearance."});
  }
  CHECK(holds(world) == 4);
  CHECK(news(world) == 1);
}

TEST_CASE("who may not book is refused") {
  ClinicWorld world(storage::Dialect::sqlite);
  CHECK(error_of(world.save(world.asked("a1", "1", 60), {}, &world.admin)).code ==
        ErrorCode::denied);
  CHECK(error_of(world.save(world.asked("a1", "1", 60), {}, &world.bed)).code == ErrorCode::denied);
}

TEST_CASE("a booking needs the patient's own active order, its length, and a time that is open") {
  ClinicWorld world(storage::Dialect::sqlite);
  auto asked = world.asked("a1", "1", 60);
  SECTION("another patient's order") {
    asked.service_request_id = "o2";
    CHECK(error_of(world.save(asked)).field == "Appointment.basedOn");
  }
  SECTION("a revoked order") {
    world.write(world.physio, [&](storage::Act& act) -> base::Status {
      auto request = *world.requests->current(act, "o1");
      request.status = "revoked";
      world.requests->amend(act, request);
      return {};
    });
    CHECK(error_of(world.save(asked)).message == "This order is not active.");
  }
  SECTION("an unknown patient") {
    asked.patient_id = "nobody";
    CHECK(error_of(world.save(asked)).field == "Appointment.participant");
  }
  SECTION("a deceased patient") {
    world.write(world.reception, [&](storage::Act& act) {
      auto patient = *world.patients.patients.records().current(act, "p1");
      patient.deceased_ms = act.now_ms;
      return ClinicWorld::put(world.patients.patients, act, patient, 1);
    });
    CHECK(error_of(world.save(asked)).code == ErrorCode::blocked);
  }
  SECTION("another length") {
    asked.end_ms += base::minute_ms;
    CHECK(error_of(world.save(asked)).field == "Appointment.end");
  }
  SECTION("a past time; the minute that has begun will do") {
    world.clock.set_ms(asked.start_ms + base::minute_ms);
    CHECK(world.save(asked));
    world.clock.advance_ms(1);
    CHECK(error_of(world.save(world.asked("a2", "2", 60))).message == "This time has passed.");
  }
  SECTION("a time at which the place is closed") {
    CHECK(error_of(world.save(world.asked("a1", "1", 581))).field == "Appointment.start");
    CHECK(world.save(world.asked("a1", "1", 580)));  // ends as the place closes
  }
  SECTION("a bed that is out of use") {
    world.write(world.admin, [&](storage::Act& act) {
      auto bed = *world.places.devices.records().current(act, "bed1");
      bed.status = "inactive";
      return ClinicWorld::put(world.places.devices, act, bed, 1);
    });
    CHECK(error_of(world.save(asked)).code == ErrorCode::conflict);
    CHECK(world.slots({"s1", {}, {}, 20, 5})->empty());
  }
}

TEST_CASE("the schedule is found by its three actors") {
  ClinicWorld world(storage::Dialect::sqlite);
  auto asked = world.asked("a1", "1", 60);
  asked.schedule_id.clear();
  const auto booked = world.save(asked);
  REQUIRE(booked);
  CHECK(booked->record.schedule_id == "s1");
  asked.practitioner_id = "physio2";
  CHECK(error_of(world.save(asked, 1)).field == "Appointment.participant");
  auto other = world.asked("a2", "2", 120);
  other.room_id = "room2";
  CHECK(error_of(world.save(other)).field == "Appointment.participant");
}

TEST_CASE("a schedule keeps its actors, and its hours are versioned with it") {
  ClinicWorld world(any_engine());
  world.write(world.admin, [&](storage::Act& act) -> base::Status {
    auto s1 = *world.schedules.schedules.records().current(act, "s1");
    s1.opening = {{1, 600, 660}};
    CHECK(error_of(world.schedules.schedules.save(act, s1)).field == "If-Match");
    if (auto ok = ClinicWorld::put(world.schedules.schedules, act, s1, 1); !ok) return ok;
    CHECK(world.schedules.schedules.records().at(act, "s1", 1)->opening.size() == 5);
    CHECK(world.schedules.schedules.records().current(act, "s1")->opening == s1.opening);
    s1.practitioner_id = "physio2";
    CHECK(error_of(world.schedules.schedules.save(act, s1, 2)).field == "Schedule.actor");
    return {};
  });
}

TEST_CASE("a free slot is one that can be booked") {
  ClinicWorld world(any_engine());
  REQUIRE(world.save(world.asked("a1", "1", 30)));
  world.clock.advance_ms(1);
  const auto found = world.slots({"s1", {}, {}, 20, 3});
  REQUIRE(found);
  REQUIRE(found->size() == 3);
  // 08:00 has passed, 08:05 and later would keep the bed from the patient of 08:30, who leaves it
  // 09:00
  CHECK(base::instant_text((*found)[0].time.start_ms) == "2026-11-23T09:00:00.000Z");
  CHECK((*found)[0].time.length_ms() == 20 * base::minute_ms);
  REQUIRE(world.save(world.asked("a2", "2", 60)));
  CHECK(world.slots({"s1", {}, {}, 20, 1})->front().time.start_ms ==
        ClinicWorld::monday_ms + 90 * base::minute_ms);
  // a whole month of starts, each on the five minutes, in order
  const auto all = world.slots({"s1", {}, ClinicWorld::monday_ms + 30 * base::day_ms, 60, 100000});
  REQUIRE(all);
  CHECK(all->size() > 2000);
  CHECK(
      error_of(world.slots({"s1", {}, ClinicWorld::monday_ms + 99 * base::day_ms, 20, 1})).field ==
      "start");
  CHECK(error_of(world.slots({"s1", {}, {}, 61, 1})).field == "minutes");
  CHECK(error_of(world.slots({"none", {}, {}, 20, 1})).code == ErrorCode::not_found);
}

TEST_CASE("the bed's service fulfils an appointment once, and only afterwards can it be missed") {
  ClinicWorld world(any_engine());
  REQUIRE(world.save(world.asked("a1", "1", 60)));
  REQUIRE(world.save(world.asked("a2", "2", 120)));
  const auto fulfil = [&](const base::Principal& who, const std::string& id) {
    return world.acts.write(who, [&](storage::Act& act) { return world.bookings.fulfil(act, id); });
  };
  CHECK(error_of(fulfil(world.reception, "a1")).code == ErrorCode::denied);
  CHECK(error_of(fulfil(world.bed, "none")).code == ErrorCode::not_found);
  REQUIRE(fulfil(world.bed, "a1"));
  CHECK(fulfil(world.bed, "a1")->version.number == 2);
  auto missed = world.asked("a2", "2", 120);
  missed.status = "noshow";
  CHECK(error_of(world.save(missed, 1)).field == "Appointment.status");
  world.clock.set_ms(missed.start_ms);
  REQUIRE(world.save(missed, 1));
  CHECK(error_of(fulfil(world.bed, "a2")).code == ErrorCode::conflict);
  CHECK(holds(world) == 4);
}

TEST_CASE("appointments are found by patient, day, actor and status") {
  ClinicWorld world(any_engine());
  REQUIRE(world.add_schedule("s222", "bed2", "room2", "physio2"));
  REQUIRE(world.save(world.asked("a1", "1", 60)));
  REQUIRE(world.save(world.asked("a2", "2", 60, "s222")));
  REQUIRE(world.save(world.asked("a3", "1", 240, "s222")));
  auto cancelled = world.asked("a1", "1", 60);
  cancelled.status = "cancelled";
  REQUIRE(world.save(cancelled, 1));
  const auto found = [&](const scheduling::AppointmentQuery& query) {
    const auto list = world.acts.read(
        world.reception, [&](storage::Act& act) { return world.bookings.search(act, query); });
    std::string ids;
    for (const auto& one : list.value()) ids += one.id + ":" + one.device_id + " ";
    return ids;
  };
  using Query = scheduling::AppointmentQuery;
  Query query;
  CHECK(found(query) == "a3:bed2 a1:bed1 a2:bed2 ");
  query.patient_id = "p1";
  CHECK(found(query) == "a3:bed2 a1:bed1 ");
  query.status = "booked";
  CHECK(found(query) == "a3:bed2 ");
  query = {};
  query.device_id = "bed2";
  query.from_ms = ClinicWorld::monday_ms;
  CHECK(found(query) == "a2:bed2 a3:bed2 ");
  query.to_ms = ClinicWorld::monday_ms + 240 * base::minute_ms;
  CHECK(found(query) == "a2:bed2 ");
  query = {};
  query.practitioner_id = "physio1";
  query.room_id = "room1";
  CHECK(found(query) == "a1:bed1 ");
}
