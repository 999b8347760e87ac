// SPDX-License-Identifier: MPL-2.0
#include "bedlink/messages.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/clock.h"
#include "bedlink/order.h"

using namespace facet;
using namespace facet::bedlink;
using base::Json;

namespace {

bool satisfies(const std::string& name, const std::string& text) {
  std::ifstream in(std::string(SCHEMAS) + "/" + name + ".schema.json");
  const auto document = nlohmann::json::parse(in);
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document),
                                          schema);
  const auto value = nlohmann::json::parse(text);
  return valijson::Validator().validate(schema, valijson::adapters::NlohmannJsonAdapter(value),
                                        nullptr);
}
bool satisfies(const std::string& name, const Json& json) {
  return satisfies(name, json.dump());
}

Hello a_hello() {
  Hello h;
  h.bed_id = "bed-1";
  h.boot_id = "boot-1";
  h.journal_id = "journal-1";
  h.fw = "1.0";
  h.caps = {"hold"};
  h.limits = {150, 60, 3600};
  h.clock_utc_ms = 1700000000123;
  h.outbox_first_seq = 3;
  h.outbox_last_seq = 9;
  h.orders = {{"o-1", "accepted", std::string(64, 'a')}};
  return h;
}

SessionResult a_result() {
  SessionResult r;
  r.bed_id = "bed-1";
  r.order_id = "o-1";
  r.order_hash = std::string(64, 'a');
  r.session_id = "s-1";
  r.state = "completed";
  r.stop_cause = "done";
  r.started_ms = 1700000000000;
  r.ended_ms = 1700000060000;
  r.duration_s = 60;
  r.zones = {{"left_mid", 60, 15, 80, 60, 70, 65}};
  return r;
}

Event an_event(std::uint64_t seq) {
  Event e;
  e.seq = seq;
  e.boot_id = "boot-1";
  e.type = "started";
  e.at_utc_ms = 1700000000000;
  return e;
}

LinkCode code_of(const std::string& text) {
  const auto json = base::parse_json(text);
  REQUIRE(json);
  const auto hello = parse_hello(*json);
  REQUIRE_FALSE(hello);
  return hello.error().code;
}

}  // namespace

TEST_CASE("Every message survives the wire and satisfies its published schema") {
  CHECK(satisfies("hello", to_json(a_hello())));
  const auto hello = parse_hello(to_json(a_hello()));
  REQUIRE(hello);
  CHECK(to_json(*hello) == to_json(a_hello()));

  HelloReply reply;
  reply.status = "accepted";
  reply.now_utc_ms = 1700000000000;
  CHECK(satisfies("hello_reply", to_json(reply)));
  CHECK(parse_hello_reply(to_json(reply)));

  OrderReply refused;
  refused.order_id = "o-1";
  refused.code = LinkCode::wrong_bed;
  CHECK(satisfies("order_reply", to_json(refused)));
  CHECK(parse_order_reply(to_json(refused))->code == LinkCode::wrong_bed);

  const Command command{"Reduce", "o-1", "c-1", 40};
  CHECK(satisfies("command", to_json(command)));
  CHECK(parse_command("Reduce", to_json(command))->max_force_n == 40);
  const CommandReply answer{"Cancel", "o-1", true, {}, "cancelled"};
  CHECK(satisfies("command_reply", to_json(answer)));
  CHECK(parse_command_reply(to_json(answer)));

  CHECK(satisfies("lease", to_json(Lease{"o-1", 7, 1})));
  CHECK(parse_lease(to_json(Lease{"o-1", 7, 1}))->epoch == 7);
  const LeaseEcho echo{"o-1", 1, "running", 10, 60, "left_mid", 30};
  CHECK(satisfies("lease_echo", to_json(echo)));
  CHECK(parse_lease_echo(to_json(echo))->force_n == 30);
  CHECK(satisfies("status", to_json(BedStatus{"idle", "", {}})));
  CHECK(parse_status(to_json(BedStatus{"idle", "", {}})));

  const Events events{"journal-1", {an_event(1), an_event(2)}};
  CHECK(satisfies("events", to_json(events)));
  CHECK(parse_events(to_json(events))->events.size() == 2);
  CHECK(satisfies("result", result_text(a_result())));
  CHECK(result_text(*parse_result(result_text(a_result()))) == result_text(a_result()));
}

TEST_CASE("The four kinds of frames are read back as they were written") {
  for (const Frame& frame :
       {Frame(Call{"1", "Hello", Json::object()}), Frame(CallReply{"1", Json::object()}),
        Frame(CallRefused{"1", LinkCode::replay, "why"}), Frame(Send{"Lease", Json::object()})}) {
    CHECK(satisfies("frame", frame_text(frame)));
    const auto read = parse_frame(frame_text(frame));
    REQUIRE(read);
    CHECK(frame_text(*read) == frame_text(frame));
  }
}

TEST_CASE("What is not exactly a frame is refused") {
  for (const char* text :
       {"", "{}", "[]", "[2]", "[2,1,\"A\",{}]", "[2,\"\",\"A\",{}]", "[2,\"1\",\"A\",[]]",
        "[2,\"1\",\"A\",{},0]", "[3,\"1\"]", "[5,\"1\",{}]", "[6,\"A\"]", "[4,\"1\",\"X\",{}]",
        "[2,\"1\",\"A\",{\"a\":1,\"a\":1}]", "[2,\"1\",\"A\",{}] ]", "[6,\"A\",{\"a\":NaN}]",
        "[6,\"A\",{\"a\":[[[[[[[1]]]]]]]}]", "[2.0,\"1\",\"A\",{}]"})
    CHECK_FALSE(parse_frame(text));
  CHECK_FALSE(parse_frame("[6,\"A\",{\"a\":\"" + std::string(max_frame_bytes, 'x') + "\"}]"));
}

TEST_CASE("Fields out of bounds, of the wrong type, missing or critical and unknown are refused") {
  auto with = [](const char* name, Json value) {
    auto json = to_json(a_hello());
    json[name] = std::move(value);
    return json.dump();
  };
  CHECK(code_of(with("bed_id", "../x")) == LinkCode::format);
  CHECK(code_of(with("bed_id", 7)) == LinkCode::format);
  CHECK(code_of(with("proto", "bedlink.v2")) == LinkCode::unsupported_version);
  CHECK(code_of(with("clock_utc", "yesterday, about noon")) == LinkCode::format);
  CHECK(code_of(with("outbox", Json{{"first_seq", 9}, {"last_seq", 3}})) == LinkCode::format);
  CHECK(code_of(with("crit", Json::array({"warp"}))) == LinkCode::unsupported_version);
  CHECK(code_of(with("limits", Json::object())) == LinkCode::format);
  auto json = to_json(a_hello());
  json["something_new"] = 1;
  json["crit"] = Json::array({"bed_id"});
  CHECK(parse_hello(json));
  json.erase("fw");
  CHECK_FALSE(parse_hello(json));
}

TEST_CASE("Events must follow one another without a gap, and an end must carry its result") {
  CHECK_FALSE(parse_events(to_json(Events{"j", {an_event(1), an_event(3)}})));
  CHECK_FALSE(parse_events(to_json(Events{"j", {an_event(1), an_event(1)}})));
  CHECK_FALSE(parse_events(to_json(Events{"j", {}})));
  auto end = an_event(1);
  end.type = "ended";
  end.order_id = "o-1";
  CHECK_FALSE(parse_events(to_json(Events{"j", {end}})));
  end.data["jws"] = "a.b.c";
  CHECK(parse_events(to_json(Events{"j", {end}})));
}
