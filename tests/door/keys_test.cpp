// SPDX-License-Identifier: MPL-2.0
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

std::string clinic_key(const Door& door) {
  std::ostringstream bytes;
  bytes << std::ifstream(door.settings.data / "keys" / "clinic.key", std::ios::binary).rdbuf();
  return bytes.str();
}

Answer rotate(Door& door, const Who& who) {
  return door.send(who, "POST", "/admin/keys/rotate");
}

std::int64_t severity(const Answer& answer) {
  return answer.status == 200 ? answer.json()["valueInteger"].get<std::int64_t>() : -1;
}

}  // namespace

TEST_CASE("an admin rotates the clinic key, and everybody else is refused") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto before = clinic_key(door);
  CHECK(rotate(door, nobody).status == 401);
  CHECK(rotate(door, physio).status == 403);
  CHECK(rotate(door, reception).status == 403);
  CHECK(clinic_key(door) == before);
  CHECK(door.count("select count(*) from audit_event where resource_type = 'ClinicKey' and "
                   "outcome = '4'") == 2);

  const auto done = rotate(door, admin);
  INFO(done.body);
  REQUIRE(done.status == 200);
  CHECK(done.json()["patients"] == 1);
  CHECK(clinic_key(door) != before);
  CHECK(door.count("select count(*) from patient_key where clinic_key_id = '" +
                   done.json()["key"].get<std::string>() + "'") == 1);
  CHECK(door.count("select count(*) from audit_event where resource_type = 'ClinicKey' and "
                   "principal = 'boss' and action = 'E' and outcome = '0'") == 1);
  CHECK(door.send(admin, "POST", "/admin/keys/rotate", "{}").status == 400);
}

TEST_CASE("a running clinic and another program on the same data go on through a rotation") {
  Door door(any_engine());
  auto other = entry::ClinicApp::open(door.settings);  // its keys are those of now
  REQUIRE(other.has_value());
  for (int i = 0; i < 20; ++i) {
    const auto id = "p" + std::to_string(i);
    door.must(physio, patient(id));
    door.must(physio, symptom(id + "-s", id, i % 10));
  }
  std::atomic<bool> stop = false;
  std::atomic<int> rounds = 0, faults = 0;
  std::thread user([&] {
    for (int i = 0; !stop; ++i) {
      const auto id = "p" + std::to_string(i % 20);
      const auto name = door.get(physio, "/fhir/Patient/" + id);
      const auto made = door.put(physio, patient("new" + std::to_string(i)));
      if (name.status != 200 || name.body.find("Okonkwo") == std::string::npos ||
          made.status != 201 || severity(door.get(physio, "/fhir/Observation/" + id + "-s")) < 0)
        ++faults;
      ++rounds;
    }
  });
  for (int i = 0; i < 3; ++i) {
    const int seen = rounds;
    while (rounds == seen) std::this_thread::yield();
    const auto done = rotate(door, admin);
    if (done.status != 200) ++faults;
  }
  stop = true;
  user.join();
  CHECK(faults == 0);

  const auto read = ask(**other, physio, "GET", "/fhir/Patient/p7");
  INFO(read.body);
  CHECK(read.status == 200);
  CHECK(read.body.find("Okonkwo") != std::string::npos);
}
