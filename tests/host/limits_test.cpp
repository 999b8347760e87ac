// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "hosts/standalone/login_throttle.h"
#include "hosts/standalone/secrets.h"
#include "hosts/standalone/sessions.h"

using namespace facet::hosts;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

struct TestClock {
  SteadyTime now{};
  SteadyClock read() {
    return [this] { return now; };
  }
};

}  // namespace

TEST_CASE("A session ends 30 minutes after its last use and 12 hours after log-in") {
  TestClock clock;
  Sessions sessions(clock.read());
  const std::string idle = sessions.start("ada", "hash");
  clock.now += minutes(29);
  CHECK(sessions.use(idle)->login == "ada");
  clock.now += minutes(30);
  CHECK_FALSE(sessions.use(idle));
  const std::string busy = sessions.start("ada", "hash");
  for (int i = 0; i < 47; ++i) {
    clock.now += minutes(15);
    REQUIRE(sessions.use(busy));
  }
  clock.now += minutes(15);
  CHECK_FALSE(sessions.use(busy));
  CHECK_FALSE(sessions.use("made up"));
}

TEST_CASE("The throttle doubles the wait and forgets after a quiet time") {
  TestClock clock;
  LoginThrottle throttle(clock.read());
  for (int i = 0; i < 5; ++i) CHECK(throttle.attempt("ada", "1.1.1.1").count() == 0);
  CHECK(throttle.attempt("ada", "2.2.2.2") == seconds(30));
  CHECK(throttle.attempt("bo", "2.2.2.2").count() == 0);
  clock.now += seconds(30);
  CHECK(throttle.attempt("ada", "1.1.1.1").count() == 0);
  CHECK(throttle.attempt("ada", "1.1.1.1") == seconds(60));
  clock.now += minutes(40);
  for (int i = 0; i < 5; ++i) CHECK(throttle.attempt("ada", "1.1.1.1").count() == 0);
}

TEST_CASE("The throttle also counts by address, and a right password clears an account") {
  TestClock clock;
  LoginThrottle throttle(clock.read());
  for (int i = 0; i < 20; ++i) {
    CHECK(throttle.attempt("name" + std::to_string(i), "1.1.1.1").count() == 0);
  }
  CHECK(throttle.attempt("name99", "1.1.1.1").count() > 0);
  for (int i = 0; i < 50; ++i) {
    CHECK(throttle.attempt("ada", "2.2.2.2").count() == 0);
    throttle.succeeded("ada", "2.2.2.2");
  }
}

TEST_CASE("Secrets are long, different every time, and passwords hash with Argon2id") {
  CHECK(make_token().size() == 64);
  CHECK(make_token() != make_token());
  CHECK(make_password().size() == 23);
  const std::string id = make_uuid();
  CHECK(id.size() == 36);
  CHECK(id[14] == '7');
  const std::string hash = hash_password("one");
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
  CHECK(hash != hash_password("one"));
  CHECK(password_matches(hash, "one"));
  CHECK_FALSE(password_matches(hash, "two"));
  CHECK_FALSE(password_matches("damaged", "one"));
  CHECK(equal_in_constant_time("ab", "ab"));
  CHECK_FALSE(equal_in_constant_time("ab", "abc"));
}
