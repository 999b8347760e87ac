// SPDX-License-Identifier: MPL-2.0
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>
#include <catch2/catch.hpp>

#include "host/test_clinic.h"

using namespace facet::hosts;
using namespace facet::hosts::testing;
using Catch::Contains;

namespace {

int64_t tomorrow_s() {
  return time(nullptr) + 24 * 3600;
}

}  // namespace

TEST_CASE("A person logs in, is known, and logs out") {
  TestClinic clinic;
  CHECK(clinic.send("GET", "/session").status == 401);
  const Answer in = clinic.log_in();
  CHECK(in.status == 200);
  CHECK_THAT(in.body,
             Contains(R"("user_id":"user-1")") && Contains(R"("physiotherapist","admin")"));
  const std::string set = in.header("set-cookie");
  CHECK_THAT(set, Contains("__Host-facet-session=") && Contains("HttpOnly") &&
                      Contains("; secure", Catch::CaseSensitive::No) &&
                      Contains("SameSite=Strict", Catch::CaseSensitive::No) &&
                      Contains("Path=/", Catch::CaseSensitive::No) &&
                      !Contains("Domain", Catch::CaseSensitive::No));
  const std::string cookie = set.substr(0, set.find(';'));
  CHECK(clinic.send("GET", "/session", "", {{"Cookie", cookie}}).status == 200);
  CHECK(clinic.send("POST", "/logout", "", {{"Cookie", cookie}}).status == 403);
  CHECK(clinic.send("POST", "/logout", "", {{"Cookie", cookie}, {"Origin", clinic.origin()}})
            .status == 200);
  CHECK(clinic.send("GET", "/session", "", {{"Cookie", cookie}}).status == 401);
}

TEST_CASE("A wrong password, a stranger and a malformed log-in are refused alike and clearly") {
  TestClinic clinic;
  const Answer wrong = clinic.log_in("ada", "wrong");
  const Answer stranger = clinic.log_in("eve", "wrong");
  CHECK(wrong.status == 401);
  CHECK(stranger.status == 401);
  CHECK(wrong.body == stranger.body);
  CHECK(wrong.header("set-cookie").empty());
  for (const char* body :
       {"{", "[]", "{\"user\":1,\"password\":2}", "{\"user\":\"ada\"}", "nonsense"}) {
    const Answer malformed = clinic.send("POST", "/login", body);
    CHECK(malformed.status == 400);
    CHECK_THAT(malformed.body, Contains("OperationOutcome"));
  }
  CHECK(clinic.send("POST", "/login", std::string(5000, 'x')).status == 413);
  CHECK(clinic.send("GET", "/login").status == 405);
}

TEST_CASE("Guessing is slowed after five wrong passwords, also for the right one") {
  TestClinic clinic;
  for (int i = 0; i < 5; ++i) CHECK(clinic.log_in("ada", "wrong").status == 401);
  const Answer slowed = clinic.log_in();
  CHECK(slowed.status == 429);
  CHECK_THAT(slowed.body, Contains("wait"));
  CHECK(std::stoi(slowed.header("retry-after")) > 0);
  clinic.accounts().add("bo", "user-2", {"reception"}, "another password");
  CHECK(clinic.log_in("bo", "another password").status == 200);
}

TEST_CASE("The plugin hears who asks, from where and why, and none of the host's secrets") {
  TestClinic clinic;
  const std::string cookie = clinic.cookie();
  const Answer answer =
      clinic.send("GET", "/facet/fhir/Patient?name=al%20der&name=b+c&flag", "",
                  {{"Cookie", cookie}, {"X-Purpose-Of-Use", "TREAT"}, {"X-Other", "Seen"}});
  CHECK(answer.status == 200);
  CHECK_THAT(answer.body, Contains("GET /fhir/Patient\n") &&
                              Contains("user user-1\nrole physiotherapist\nrole admin\n") &&
                              Contains("remote 127.0.0.1\npurpose TREAT\n") &&
                              Contains("query name=al der\n") && Contains("query name=b c\n") &&
                              Contains("query flag=\n") && Contains("header x-other=Seen\n"));
  CHECK_THAT(answer.body, !Contains("cookie") && !Contains(cookie));
}

TEST_CASE("Without a log-in the web application is served and the plugin refuses the record") {
  TestClinic clinic;
  CHECK(clinic.send("GET", "/").header("location") == "/facet/");
  CHECK(clinic.send("GET", "/facet").header("location") == "/facet/");
  const Answer page = clinic.send("GET", "/facet/");
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("GET /\n") && Contains("user nobody"));
  const Answer refused = clinic.send("GET", "/facet/fhir/Patient");
  CHECK(refused.status == 401);
  CHECK_THAT(refused.body, Contains("log in first"));
  CHECK(clinic.send("GET", "/elsewhere").status == 404);
}

TEST_CASE("Every answer carries the security headers and the record is never stored") {
  TestClinic clinic;
  for (const char* path : {"/facet/", "/facet/fhir/Patient", "/elsewhere", "/session"}) {
    const Answer answer = clinic.send("GET", path);
    CHECK_THAT(answer.header("content-security-policy"),
               Contains("default-src 'self'") && Contains("frame-ancestors 'none'"));
    CHECK(answer.header("x-content-type-options") == "nosniff");
    CHECK(answer.header("referrer-policy") == "no-referrer");
  }
  CHECK(clinic.send("GET", "/facet/fhir/Patient").header("cache-control") == "no-store");
  CHECK(clinic.send("GET", "/session").header("cache-control") == "no-store");
  CHECK(clinic.send("GET", "/facet/assets/app.js").header("cache-control").empty());
}

TEST_CASE("A change with a cookie must come from Facet's own page") {
  TestClinic clinic;
  const std::string cookie = clinic.cookie();
  const auto put = [&](Headers headers) {
    headers["Cookie"] = cookie;
    return clinic.send("PUT", "/facet/fhir/Patient/1", "{}", headers).status;
  };
  CHECK(put({}) == 403);
  CHECK(put({{"Origin", "https://evil.example"}}) == 403);
  CHECK(put({{"Origin", "null"}}) == 403);
  CHECK(put({{"Sec-Fetch-Site", "cross-site"}, {"X-Facet-Request", "1"}}) == 403);
  CHECK(put({{"Sec-Fetch-Site", "same-site"}, {"Origin", clinic.origin()}}) == 403);
  CHECK(put({{"Origin", "https://evil.example"}, {"X-Facet-Request", "1"}}) == 403);
  CHECK(put({{"Origin", clinic.origin()}}) == 200);
  CHECK(put({{"Sec-Fetch-Site", "same-origin"}}) == 200);
  CHECK(put({{"X-Facet-Request", "1"}}) == 200);
  CHECK(clinic
            .send("POST", "/login", R"({"user":"ada","password":"right password"})",
                  {{"Origin", "https://evil.example"}})
            .status == 403);
}

TEST_CASE("A program calls with a bearer token until it expires or is removed") {
  TestClinic clinic;
  const std::string secret = clinic.accounts().add_token("lab", {"reception"}, tomorrow_s());
  const std::string over = clinic.accounts().add_token("old", {"admin"}, time(nullptr) - 1);
  const auto put = [&](const std::string& authorization) {
    return clinic.send("PUT", "/facet/fhir/Patient/1", "{}", {{"Authorization", authorization}});
  };
  const Answer good = put("Bearer " + secret);
  CHECK(good.status == 200);
  const std::string id = clinic.accounts().book().tokens.at(0).id;
  CHECK_THAT(good.body, Contains("user token:" + id + "\nrole reception\n") && !Contains(secret));
  for (const std::string& bad :
       {"Bearer " + over, std::string("Bearer "), "Bearer x" + secret, "Basic " + secret, secret}) {
    const Answer refused = put(bad);
    CHECK(refused.status == 401);
    CHECK(refused.header("www-authenticate") == "Bearer");
  }
  clinic.accounts().remove_token(id);
  CHECK(put("Bearer " + secret).status == 401);
}

TEST_CASE("Removing an account or changing its password ends its sessions") {
  TestClinic clinic;
  const std::string first = clinic.cookie();
  clinic.accounts().set_password("ada", "a new password");
  CHECK(clinic.send("GET", "/session", "", {{"Cookie", first}}).status == 401);
  const std::string set = clinic.log_in("ada", "a new password").header("set-cookie");
  const std::string second = set.substr(0, set.find(';'));
  CHECK(clinic.send("GET", "/session", "", {{"Cookie", second}}).status == 200);
  clinic.accounts().remove("ada");
  CHECK(clinic.send("GET", "/session", "", {{"Cookie", second}}).status == 401);
}

TEST_CASE("A body over one mebibyte is refused, one of exactly that size is not") {
  TestClinic clinic;
  const Headers token = {
      {"Authorization", "Bearer " + clinic.accounts().add_token("t", {"admin"}, tomorrow_s())}};
  const Answer fits = clinic.send("POST", "/facet/fhir", std::string(1048576, ' '), token);
  CHECK(fits.status == 200);
  CHECK_THAT(fits.body, Contains("body 1048576\n"));
  const Answer large = clinic.send("POST", "/facet/fhir", std::string(1048577, ' '), token);
  CHECK(large.status == 413);
  CHECK_THAT(large.body, Contains("OperationOutcome") && Contains("1048576 bytes"));
  Headers chunked = token;
  chunked["Transfer-Encoding"] = "chunked";
  auto session = clinic.connect();
  Poco::Net::HTTPRequest request("POST", "/facet/fhir", Poco::Net::HTTPMessage::HTTP_1_1);
  for (const auto& [name, value] : chunked) request.set(name, value);
  session.sendRequest(request) << std::string(1100000, ' ') << std::flush;
  Poco::Net::HTTPResponse response;
  session.receiveResponse(response);
  CHECK(response.getStatus() == 413);
}

TEST_CASE("A malformed address is refused") {
  TestClinic clinic;
  for (const char* path : {"/facet/fhir/%", "/facet/fhir/%zz", "/facet/a%00b", "/facet/a%0d%0ab",
                           "/facet/fhir?x=%00"}) {
    const Answer answer = clinic.send("GET", path);
    CHECK(answer.status == 400);
    CHECK_THAT(answer.body, Contains("OperationOutcome"));
  }
}

TEST_CASE("A plugin that fails or never answers becomes a clear error") {
  TestClinic clinic;
  CHECK(clinic.send("GET", "/facet/fail").status == 500);
  CHECK(clinic.send("GET", "/facet/silent").status == 500);
  CHECK(clinic.send("GET", "/facet/unavailable").status == 503);
  CHECK_THAT(clinic.send("GET", "/facet/fail").body, Contains("OperationOutcome"));
}

TEST_CASE("A long answer is streamed in chunks whatever length the plugin claims") {
  TestClinic clinic;
  const Answer answer = clinic.send("GET", "/facet/stream");
  CHECK(answer.status == 200);
  CHECK(answer.body.size() == 1'000'000);
  CHECK(answer.header("transfer-encoding") == "chunked");
  CHECK(answer.header("content-length").empty());
  const Answer head = clinic.send("HEAD", "/facet/");
  CHECK(head.status == 200);
  CHECK(head.body.empty());
}

TEST_CASE("Several requests go over one connection") {
  TestClinic clinic;
  auto session = clinic.connect();
  session.setKeepAlive(true);
  for (int i = 0; i < 5; ++i) CHECK(testing::send(session, "GET", "/facet/").status == 200);
}

TEST_CASE("Events arrive while the answer goes on, and stopping the server ends it") {
  TestClinic clinic;
  auto session = clinic.connect();
  session.setTimeout(Poco::Timespan(20, 0));
  Poco::Net::HTTPRequest request("GET", "/facet/live/beds/1", Poco::Net::HTTPMessage::HTTP_1_1);
  session.sendRequest(request);
  Poco::Net::HTTPResponse response;
  std::istream& in = session.receiveResponse(response);
  CHECK(response.getContentType() == "text/event-stream");
  std::string line;
  REQUIRE(std::getline(in, line));
  CHECK(line == "event: bed");
  const auto started = std::chrono::steady_clock::now();
  clinic.server().stop();
  CHECK(clinic.plugin().drain(std::chrono::seconds(4)));
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(4));
}

TEST_CASE("A reader that goes away ends the plugin's stream") {
  TestClinic clinic;
  {
    auto session = clinic.connect();
    Poco::Net::HTTPRequest request("GET", "/facet/live/beds/1", Poco::Net::HTTPMessage::HTTP_1_1);
    session.sendRequest(request);
    Poco::Net::HTTPResponse response;
    session.receiveResponse(response);
  }
  CHECK(clinic.plugin().drain(std::chrono::seconds(4)));
}

TEST_CASE("Plain HTTP and old TLS get nothing") {
  TestClinic clinic;
  Poco::Net::StreamSocket plain(Poco::Net::SocketAddress("127.0.0.1", clinic.port()));
  plain.setReceiveTimeout(Poco::Timespan(10, 0));
  const std::string request = "GET /facet/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
  plain.sendBytes(request.data(), static_cast<int>(request.size()));
  std::string answer;
  char block[512];
  try {
    int count;
    while ((count = plain.receiveBytes(block, sizeof block)) > 0) answer.append(block, count);
  } catch (const Poco::Exception&) {
  }
  CHECK_THAT(answer, !Contains("HTTP/1.1 200"));
  Poco::Net::Context::Ptr old(new Poco::Net::Context(Poco::Net::Context::TLSV1_1_CLIENT_USE, ""));
  Poco::Net::HTTPSClientSession session("localhost", clinic.port(), old);
  CHECK_THROWS_AS(testing::send(session, "GET", "/facet/"), Poco::Exception);
}
