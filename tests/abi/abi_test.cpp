// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "hosts/common/host_error.h"
#include "hosts/common/plugin_instance.h"

using namespace facet::hosts;
using Catch::Contains;

namespace {

std::string plugin_path(const std::string& name) {
  return std::string(TEST_PLUGINS) + "/" + name + ".so";
}

// Why a plugin is refused; empty if it is not.
std::string refusal(const std::string& name, const Config& config = {}) {
  const HostServices host("test", "1", config, [](int, std::string_view) {});
  try {
    const PluginLibrary library(plugin_path(name));
    PluginInstance(library, host).activate();
    return {};
  } catch (const HostError& error) {
    return error.what();
  }
}

struct Echo {
  std::string logged;
  PluginLibrary library{plugin_path("echo_plugin")};
  HostServices host{
      "test", "1", {{"key", "value"}}, [this](int, std::string_view text) { logged.append(text); }};
  PluginInstance instance{library, host};
};

}  // namespace

TEST_CASE("A library that is missing or is no plugin is refused") {
  CHECK_THAT(refusal("nowhere"), Contains("no plugin at") && Contains("nowhere.so"));
  CHECK_THAT(refusal("hostile_no_symbol"), Contains("has no facet_entry_v1"));
  CHECK_THAT(refusal("hostile_null_entry"), Contains("answered no entry table"));
}

TEST_CASE("An entry table that is short or not whole is refused") {
  CHECK_THAT(refusal("hostile_short_entry"),
             Contains("12 bytes where 48 are needed") && Contains("different headers"));
  CHECK_THAT(refusal("hostile_no_create"), Contains("offers no create function"));
  CHECK_THAT(refusal("hostile_no_name"), Contains("does not say its id"));
}

TEST_CASE("A plugin that needs a service the host lacks is refused before it is created") {
  CHECK_THAT(refusal("hostile_needs_more"), Contains("needs the host service facet.host.oracle/1"));
}

TEST_CASE("A plugin that cannot be created says why") {
  CHECK_THAT(refusal("hostile_create_fails"), Contains("could not be created: out of beds"));
  CHECK_THAT(refusal("hostile_short_table"), Contains("an instance whose table is not whole"));
}

TEST_CASE("A plugin that cannot start says why") {
  CHECK_THAT(refusal("echo_plugin", {{"facet.clinic.name", "fail init"}}),
             Contains("could not start: init was told to fail"));
  CHECK_THAT(refusal("echo_plugin", {{"facet.clinic.name", "fail activate"}}),
             Contains("activate was told to fail"));
  CHECK(refusal("echo_plugin").empty());
}

TEST_CASE("An instance answers only while it is active and can be activated again") {
  Echo echo;
  CHECK_THROWS_WITH(echo.instance.call({}), Contains("did not answer GET /"));
  echo.instance.activate();
  CHECK(echo.logged == "echo is active");
  CHECK_THROWS_WITH(echo.instance.activate(), Contains("active already"));
  CHECK(echo.instance.call({}).status == 200);
  echo.instance.deactivate();
  echo.instance.deactivate();
  CHECK_THROWS(echo.instance.call({}));
  echo.instance.activate();
  CHECK(echo.instance.call({}).status == 200);
}

TEST_CASE("The door carries every part of a request") {
  Echo echo;
  echo.instance.activate();
  Request request{"POST",
                  "/fhir/Patient",
                  {{"name", "ab"}, {"name", "c d"}},
                  {{"accept", "x"}},
                  "12345",
                  Principal{"u1", {"reception", "admin"}},
                  "10.0.0.1",
                  "TREAT"};
  const Response response = echo.instance.call(request);
  CHECK(response.status == 200);
  CHECK(response.header("content-type") == "text/plain; charset=utf-8");
  CHECK(response.header("x-bad").empty());
  CHECK(response.body ==
        "POST /fhir/Patient\nbody 5\nuser u1\nrole reception\nrole admin\nremote 10.0.0.1\n"
        "purpose TREAT\nquery name=ab\nquery name=c d\nheader accept=x\n");
  request.principal.reset();
  CHECK(echo.instance.call(request).status == 401);
}

TEST_CASE("The door refuses what C strings cannot carry") {
  Echo echo;
  echo.instance.activate();
  BufferedSink sink;
  Request request;
  request.path = std::string("/a\0b", 4);
  CHECK(echo.instance.handle(request, sink) == FACET_INVALID);
  request.path = "no-slash";
  CHECK(echo.instance.handle(request, sink) == FACET_INVALID);
}

TEST_CASE("An answer that was never begun is an error") {
  Echo echo;
  echo.instance.activate();
  CHECK_THROWS_WITH(echo.instance.call({"GET", "/fail"}), Contains("status 8"));
  CHECK_THROWS_WITH(echo.instance.call({"GET", "/silent"}), Contains("status 1"));
}

TEST_CASE("A long answer comes in chunks and stops when the reader is gone") {
  struct Counting : BufferedSink {
    bool write(std::string_view chunk) override {
      ++chunks;
      return BufferedSink::write(chunk) && chunks < 10;
    }
    int chunks = 0;
  };
  Echo echo;
  echo.instance.activate();
  CHECK(echo.instance.call({"GET", "/stream"}).body.size() == 1'000'000);
  Counting sink;
  CHECK(echo.instance.handle({"GET", "/stream"}, sink) == FACET_OK);
  CHECK(sink.chunks == 10);
}

TEST_CASE("A sink that throws does not harm the plugin") {
  struct Throwing : BufferedSink {
    bool write(std::string_view) override { throw std::runtime_error("gone"); }
  };
  Echo echo;
  echo.instance.activate();
  Throwing sink;
  CHECK(echo.instance.handle({"GET", "/stream"}, sink) == FACET_OK);
}

TEST_CASE("Deactivating waits for the requests that run") {
  struct Live : BufferedSink {
    bool write(std::string_view) override {
      std::lock_guard lock(mutex);
      running = true;
      changed.notify_all();
      return !stop;
    }
    std::mutex mutex;
    std::condition_variable changed;
    bool running = false;
    bool stop = false;
  };
  Echo echo;
  echo.instance.activate();
  Live sink;
  std::thread reader([&] { echo.instance.handle({"GET", "/live/beds/1"}, sink); });
  std::unique_lock lock(sink.mutex);
  REQUIRE(sink.changed.wait_for(lock, std::chrono::seconds(10), [&] { return sink.running; }));
  lock.unlock();
  CHECK_FALSE(echo.instance.drain(std::chrono::milliseconds(50)));
  lock.lock();
  sink.stop = true;
  lock.unlock();
  echo.instance.deactivate();
  reader.join();
  CHECK_THROWS(echo.instance.call({}));
}

TEST_CASE("The host's settings say how much room a value needs") {
  const HostServices host("test", "1", {{"key", "value"}}, [](int, std::string_view) {});
  const auto* config = static_cast<const facet_host_config*>(
      host.table()->get_service(host.table(), FACET_HOST_CONFIG));
  REQUIRE(config);
  char buffer[6] = "";
  size_t size = 5;
  CHECK(config->get(host.table(), "key", buffer, &size) == FACET_TOO_SMALL);
  CHECK(size == 6);
  CHECK(config->get(host.table(), "key", buffer, &size) == FACET_OK);
  CHECK(std::string(buffer) == "value");
  CHECK(config->get(host.table(), "other", buffer, &size) == FACET_NOT_FOUND);
  CHECK_FALSE(host.offers("facet.host.patients/1"));
}
