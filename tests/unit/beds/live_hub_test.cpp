// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <thread>

#include "beds/live_view.h"

using namespace facet::beds;
using namespace std::chrono_literals;

namespace {

BedView view(const std::string& state, std::int64_t elapsed_s = 0) {
  BedView made;
  made.device_id = "bed";
  made.online = true;
  made.state = state;
  made.order_id = "order";
  made.elapsed_s = elapsed_s;
  made.duration_s = 60;
  return made;
}

LiveHub::Moment soon() {
  return std::chrono::steady_clock::now() + 5s;
}

}  // namespace

TEST_CASE("a newcomer hears the newest, a returner what was missed") {
  LiveHub hub(1000);
  hub.publish(view("accepted"));
  const auto first = hub.after("bed", 0);
  REQUIRE(first.size() == 1);
  CHECK(first[0].number > 1000);
  CHECK(hub.after("bed", first[0].number).empty());
  hub.publish(view("ready"));
  hub.publish(view("running"));
  const auto missed = hub.after("bed", first[0].number);
  REQUIRE(missed.size() == 2);
  CHECK(missed[0].view.state == "ready");
  CHECK(missed[1].view.state == "running");
  CHECK(hub.after("bed", 7).size() == 1);              // long ago
  CHECK(hub.after("bed", 9'000'000'000).size() == 1);  // of another life
  CHECK(hub.after("other", 0).empty());
}

TEST_CASE("what did not change is not told again") {
  LiveHub hub(0);
  hub.publish(view("accepted"));
  const auto number = hub.after("bed", 0)[0].number;
  hub.publish(view("accepted"));
  CHECK(hub.after("bed", number).empty());
}

TEST_CASE("progress moves on only, and takes one place") {
  LiveHub hub(0);
  hub.publish(view("running"));
  const auto begun = hub.after("bed", 0)[0].number;
  hub.progress("bed", "order", 5, 60);
  hub.progress("bed", "order", 6, 60);
  hub.progress("bed", "order", 4, 60);
  hub.progress("bed", "another", 9, 60);
  hub.publish(view("running", 2));  // the record lags behind
  const auto items = hub.after("bed", begun);
  REQUIRE(items.size() == 1);
  CHECK(items[0].view.elapsed_s == 6);
}

TEST_CASE("who waits is woken by a change and by the end") {
  LiveHub hub(0);
  hub.publish(view("ready"));
  const auto number = hub.after("bed", 0)[0].number;
  std::thread change([&] { hub.publish(view("running")); });
  CHECK(hub.wait("bed", number, soon()));
  change.join();
  std::thread end([&] { hub.close(); });
  CHECK_FALSE(hub.wait("bed", hub.after("bed", number).back().number, soon()));
  end.join();
}

TEST_CASE("an event is a server-sent event with bare ids") {
  const auto text = event_text({42, view("ready", 3)});
  CHECK(text ==
        "id: 42\nevent: bed\ndata: {\"device_id\":\"bed\",\"online\":true,\"state\":\"ready\","
        "\"order_id\":\"order\",\"appointment_id\":\"\",\"patient_id\":\"\",\"match_code\":\"\","
        "\"elapsed_s\":3,\"duration_s\":60}\n\n");
}
