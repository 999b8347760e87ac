// SPDX-License-Identifier: MPL-2.0
#include "door/door.h"

#include "door/records.h"
#include "rest/form.h"

namespace facet::testing {
namespace {

class Recorder final : public rest::Response {
 public:
  explicit Recorder(Answer& answer) : answer_(answer) {}
  void begin(int status) override {
    CHECK(answer_.status == 0);
    answer_.status = status;
  }
  void header(std::string_view name, std::string_view value) override {
    CHECK(answer_.status != 0);
    answer_.headers[std::string(name)] = value;
  }
  bool write(std::string_view chunk) override {
    answer_.body += chunk;
    return true;
  }
  bool flush() override { return true; }

 private:
  Answer& answer_;
};

/// As a host decodes a query before it calls the door.
rest::Pairs query_of(std::string_view text) {
  auto pairs = rest::parse_form(text);
  if (!pairs) FAIL("not a query: " << text);
  return *pairs;
}

}  // namespace

Json Answer::json() const {
  auto parsed = base::parse_json(body, {16 << 20, 32});
  if (!parsed) FAIL("not JSON: " + body.substr(0, 200));
  return *parsed;
}

std::string Answer::field() const {
  const auto issue = json()["issue"][0];
  return issue.contains("expression") ? issue["expression"][0].get<std::string>() : "";
}

std::string Answer::message() const {
  return json()["issue"][0]["diagnostics"];
}

Door::Door(Dialect dialect, bool furnished) : scratch(dialect) {
  settings.data = scratch.folder();
  settings.create = true;
  settings.clinic_name = "Test clinic";
  settings.database = scratch.settings;
  settings.gateway_enabled = false;
  auto app = entry::ClinicApp::open(settings);
  if (!app) FAIL(app.error().message);
  app_ = std::move(*app);
  peek_ = scratch.open();
  if (furnished) furnish();
}

Answer ask(entry::ClinicApp& app, const Who& who, std::string_view method, const std::string& url,
           const std::string& body, const rest::Pairs& headers) {
  const auto mark = std::min(url.find('?'), url.size());
  const auto path = url.substr(0, mark);
  rest::Request request;
  request.method = method;
  request.path = path;
  request.query = query_of(std::string_view(url).substr(std::min(mark + 1, url.size())));
  request.headers = headers;
  request.body = body;
  request.authenticated = who.has_value();
  if (who) request.principal = *who;
  Answer answer;
  Recorder recorder(answer);
  app.handle(request, recorder);
  return answer;
}

Answer Door::send(const Who& who, std::string_view method, const std::string& url,
                  const std::string& body, const rest::Pairs& headers) {
  return ask(*app_, who, method, url, body, headers);
}

Answer Door::put(const Who& who, const Json& resource, const std::string& if_match) {
  rest::Pairs headers;
  if (!if_match.empty()) headers.emplace_back("if-match", if_match);
  return send(who, "PUT",
              "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
                  resource["id"].get<std::string>(),
              resource.dump(), headers);
}

std::string Door::must(const Who& who, const Json& resource) {
  const auto answer = put(who, resource);
  INFO(answer.body);
  REQUIRE((answer.status == 200 || answer.status == 201));
  return resource["id"];
}

std::int64_t Door::count(const std::string& sql) {
  return testing::count(*peek_, sql);
}

std::int64_t Door::rows() {
  std::string sql = "select 0";
  for (const char* table : {"organization",        "location",        "device",
                            "practitioner",        "patient",         "patient_key",
                            "patient_name_token",  "consent",         "episode_of_care",
                            "encounter",           "observation",     "questionnaire_response",
                            "clinical_impression", "service_request", "schedule",
                            "appointment",         "booking_hold",    "document_reference",
                            "binary_content",      "outbox",
                            "condition",           "provenance",      "related_person",
                            "practitioner_role",   "patient_value_token", "patient_merge"})
    sql += std::string(" + (select count(*) from ") + table + ")";
  return count(sql);
}

void Door::furnish() {
  for (const auto& resource :
       {organization(), site(), room(), bed(), practitioner("physio", day_from_now(365)),
        practitioner("other", day_from_now(365)), practitioner("lapsed", day_from_now(-1)),
        schedule()})
    must(admin, resource);
}

}  // namespace facet::testing
