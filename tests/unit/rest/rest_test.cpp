// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "rest/fhir_type.h"
#include "rest/form.h"
#include "rest/outcome.h"
#include "rest/router.h"

using namespace facet;
using namespace facet::rest;
using base::ErrorCode;
using base::Json;

namespace {

class Recorder final : public Response {
 public:
  void begin(int http_status) override { status = http_status; }
  void header(std::string_view name, std::string_view value) override {
    headers.emplace_back(name, value);
  }
  bool write(std::string_view chunk) override {
    body += chunk;
    return true;
  }
  bool flush() override { return true; }

  int status = 0;
  Pairs headers;
  std::string body;
};

/// Routes that answer with their name and the values of their placeholders.
Router router() {
  Router result;
  const auto add = [&result](const char* method, const char* pattern, bool anonymous = false) {
    result.add(
        method, pattern,
        [pattern](const Request&, const PathValues& values, Response& response) {
          std::string text = pattern;
          for (const auto& value : values) text += " " + value;
          send(response, 200, "text/plain", text);
        },
        anonymous);
  };
  add("GET", "/", true);
  add("GET", "/fhir/Patient");
  add("POST", "/fhir/Patient");
  add("GET", "/fhir/{type}/{id}");
  add("GET", "/fhir/CodeSystem/symptom");
  add("GET", "/fhir/Patient/{id}/_history/{version}");
  add("POST", "/fhir/Patient/{id}/$handout");
  return result;
}

Recorder ask(std::string_view method, std::string_view path, bool authenticated = true) {
  Request request;
  request.method = method;
  request.path = path;
  request.authenticated = authenticated;
  Recorder recorder;
  router().dispatch(request, recorder);
  return recorder;
}

base::Status read(const Json& body, const std::function<void(Reader&)>& with) {
  Reader reader(body, "Thing");
  with(reader);
  return reader.finish();
}

std::string field(const base::Status& status) {
  return status ? "" : status.error().field;
}

}  // namespace

TEST_CASE("a route is found by method and path, and literal segments win") {
  CHECK(ask("GET", "/").body == "/");
  CHECK(ask("GET", "/fhir/Patient").body == "/fhir/Patient");
  CHECK(ask("GET", "/fhir/Patient/").body == "/fhir/Patient");
  CHECK(ask("GET", "/fhir/Patient/7").body == "/fhir/{type}/{id} Patient 7");
  CHECK(ask("GET", "/fhir/CodeSystem/symptom").body == "/fhir/CodeSystem/symptom");
  CHECK(ask("GET", "/fhir/Patient/7/_history/2").body ==
        "/fhir/Patient/{id}/_history/{version} 7 2");
  CHECK(ask("POST", "/fhir/Patient/7/$handout").body == "/fhir/Patient/{id}/$handout 7");
}

TEST_CASE("what has no route is 404, a known path with another method 405, a stranger 401") {
  CHECK(ask("GET", "/nothing").status == 404);
  CHECK(ask("GET", "/fhir//").status == 404);
  CHECK(ask("GET", "//fhir/Patient").status == 404);
  CHECK(ask("GET", "/fhir/Patient/$handout").status == 404);  // an operation is no id
  CHECK(ask("PUT", "/fhir/Patient").status == 405);
  CHECK(ask("get", "/fhir/Patient").status == 405);
  CHECK(ask("GET", "/fhir/Patient", false).status == 401);
  CHECK(ask("GET", "/nothing", false).status == 401);
  CHECK(ask("GET", "/", false).status == 200);
  CHECK(ask("GET", "/\xff").status == 400);
}

TEST_CASE("an error code has its HTTP status and its FHIR issue type") {
  const std::vector<std::tuple<ErrorCode, int, std::string>> table{
      {ErrorCode::invalid, 400, "invalid"},          {ErrorCode::denied, 403, "forbidden"},
      {ErrorCode::not_found, 404, "not-found"},      {ErrorCode::conflict, 409, "conflict"},
      {ErrorCode::too_large, 413, "too-long"},       {ErrorCode::blocked, 422, "business-rule"},
      {ErrorCode::unavailable, 503, "transient"},    {ErrorCode::internal, 500, "exception"},
      {ErrorCode::unsupported, 400, "not-supported"}};
  for (const auto& [code, status, type] : table) {
    Recorder response;
    send_error(response, {code, "X.y", "Why.", {}});
    CHECK(response.status == status);
    CHECK(Json::parse(response.body)["issue"][0]["code"] == type);
  }
}

TEST_CASE("an outcome names the field and every reason, and tells nothing of a failure inside") {
  const auto refused = operation_outcome({ErrorCode::blocked, "Appointment", "No.", {"a", "b"}});
  CHECK(refused["issue"].size() == 3);
  CHECK(refused["issue"][0]["expression"] == Json::array({"Appointment"}));
  CHECK(refused["issue"][2]["diagnostics"] == "b");

  const auto failed = operation_outcome(
      {ErrorCode::internal, "x", "select sealed from patient where id = 'ann'", {"more"}});
  CHECK(failed["issue"].size() == 1);
  CHECK(failed.dump().find("select") == std::string::npos);
  CHECK(failed.dump().find("more") == std::string::npos);

  Recorder response;  // a quotation cut in the middle of a character
  send_error(response, {ErrorCode::invalid, "", "No such thing: \xc3", {}});
  CHECK(response.status == 400);
  CHECK(Json::accept(response.body));
}

TEST_CASE("the reader takes what is right") {
  const Json body = Json::parse(R"({
    "resourceType": "Thing", "id": "x", "meta": {}, "text": "a", "n": 5, "flag": false,
    "at": "2026-11-22T10:30:00+01:00", "who": {"reference": "Patient/ann", "display": "A"},
    "code": {"coding": [{"system": "other", "code": "1"}, {"system": "mine", "code": "2"}]},
    "list": [{"coding": [{"system": "mine", "code": "3"}]}],
    "extension": [{"url": "u:n", "valueInteger": 4}, {"url": "u:t", "valueCode": "t"}]})");
  const auto status = read(body, [](Reader& r) {
    CHECK(r.text("text") == "a");
    CHECK(r.integer("n", 0, 5) == 5);
    CHECK(r.boolean("flag", true) == false);
    CHECK(r.boolean("absent", true));
    CHECK(r.instant("at") == 1'795'339'800'000);
    CHECK(r.reference("who", "Patient") == "ann");
    CHECK(r.coding("code", "mine") == "2");
    CHECK(r.coding("list", "mine") == "3");
    CHECK(r.extension_integer("u:n", 1, 5) == 4);
    CHECK(r.extension_integer("u:absent", 1, 5, 2) == 2);
    CHECK(r.extension_text("u:t") == "t");
    CHECK_FALSE(r.optional_text("absent").has_value());
    CHECK(r.element("absent").is_null());
  });
  CHECK(field(status) == "");
}

TEST_CASE("the reader refuses what is wrong, by the first place") {
  const auto one = [](const char* name, const char* json,
                      const std::function<void(Reader&)>& with) {
    Json body{{"resourceType", "Thing"}};
    body[name] = Json::parse(json);
    INFO(json);
    CHECK(field(read(body, with)) == std::string("Thing.") + name);
  };
  for (const char* bad : {"7", "\"\"", "null", "[]", "\"12345\"", "\"a\\u0000b\""})
    one("x", bad, [](Reader& r) { r.text("x", 4); });
  for (const char* bad : {"\"1\"", "1.0", "11", "-1", "18446744073709551615", "true", "null"})
    one("x", bad, [](Reader& r) { r.integer("x", 0, 10); });
  for (const char* bad : {"\"true\"", "1", "null"})
    one("x", bad, [](Reader& r) { r.boolean("x", false); });
  for (const char* bad :
       {"\"2026-11-22\"", "\"2026-11-22T10:30:00\"", "\"2026-02-30T10:30:00Z\"", "5"})
    one("x", bad, [](Reader& r) { r.instant("x"); });
  for (const char* bad :
       {"\"Patient/a\"", "{\"reference\": \"Device/a\"}", "{\"reference\": 7}",
        "{\"reference\": \"Patient/\"}", "{\"reference\": \"Patient/a b\"}", "{}"})
    one("x", bad, [](Reader& r) { r.optional_reference("x", "Patient"); });
  for (const char* bad :
       {"7", "[]", "{\"coding\": 7}", "{\"coding\": [7]}", "{\"coding\": [{\"system\": 7}]}",
        "{\"coding\": [{\"system\": \"mine\"}]}"})
    one("x", bad, [](Reader& r) { r.coding("x", "mine"); });
  for (const char* bad : {"7", "{}", "[7]", "[{}]", "[{\"url\": 7}]", "[{\"url\": \"u:other\"}]"})
    one("extension", bad, [](Reader& r) { r.extension_text("u:t"); });
  for (const char* bad : {"0", "6", "18446744073709551615", "\"3\"", "2.5"})
    one("extension", (std::string("[{\"url\": \"u:n\", \"valueInteger\": ") + bad + "}]").c_str(),
        [](Reader& r) { r.extension_integer("u:n", 1, 5); });
  one("surprise", "1", [](Reader&) {});
  CHECK(field(read(Json::parse(R"({"resourceType": "Thing", "b": 1})"), [](Reader& r) {
          r.text("a");
          r.text("b");
        })) == "Thing.a");
}

TEST_CASE("the reader wants an object of its type") {
  for (const char* bad : {"7", "[]", "null", "\"Thing\""})
    CHECK(field(read(Json::parse(bad), [](Reader& r) { r.text("a"); })) == "Thing");
  for (const char* bad : {"{}", "{\"resourceType\": 7}", "{\"resourceType\": \"Other\"}"})
    CHECK(field(read(Json::parse(bad), [](Reader&) {})) == "Thing.resourceType");
}

TEST_CASE("a search query gives references with or without type, and bounds of dates") {
  SearchQuery query;
  query.parameters = {{"patient", "Patient/ann"},
                      {"device", "bed"},
                      {"start", "ge2026-11-22T09:30:00Z"},
                      {"start", "lt2026-11-23T00:00:00Z"},
                      {"date", "gesoon"}};
  CHECK(query.first("device") == "bed");
  CHECK_FALSE(query.first("absent").has_value());
  CHECK(query.reference("patient", "Patient") == "ann");
  CHECK(query.reference("device", "Device") == "bed");
  CHECK(query.bound("start", "ge").value() == 1'795'339'800'000);
  CHECK(query.bound("start", "lt").value() == 1'795'392'000'000);
  CHECK_FALSE(query.bound("start", "gt").value().has_value());
  CHECK_FALSE(query.bound("absent", "ge").value().has_value());
  CHECK(query.bound("date", "ge").error().field == "date");
}

TEST_CASE("a search's parameters become conditions on declared columns", "[search]") {
  auto patient = reference_to("Patient", "patient", "patient_id", "subject");
  patient.also = "select source_id from patient_merge where target_id = ";
  const std::vector<SearchParameter> declared{patient, token("status", "status"),
                                              token("code", "code", "code_system"),
                                              date("date", "effective_ms")};
  const auto conditions = [&](Pairs parameters) {
    SearchQuery query;
    query.parameters = std::move(parameters);
    return conditions_of(declared, query);
  };

  SECTION("nothing asked is everything") {
    CHECK(conditions({})->sql == "1 = 1");
  }
  SECTION("tokens take alternatives and systems") {
    const auto found = conditions({{"status", "final,amended"}, {"code", "urn:x|stress"}});
    CHECK(found->sql ==
          "(status = :q1 or status = :q2) and ((code_system = :q3 and code = :q4))");
    CHECK(found->values.size() == 4);
    CHECK(conditions({{"status", "urn:x|final"}}).error().field == "status");
  }
  SECTION("a patient stands for those merged into them") {
    const auto found = conditions({{"patient", "Patient/a"}});
    CHECK(found->sql ==
          "(patient_id in (select :q1 union all select source_id from patient_merge where target_id "
          "= :q2))");
    CHECK(conditions({{"patient", "a b"}}).error().field == "patient");
    CHECK(conditions({{"patient", "Practitioner/a"}}).error().field == "patient");
  }
  SECTION("a date is as long as its precision") {
    const auto day = conditions({{"date", "2026-11-22"}});
    CHECK(day->sql == "effective_ms >= :q1 and effective_ms < :q2");
    CHECK(std::get<std::int64_t>(day->values[1]) - std::get<std::int64_t>(day->values[0]) == 86'400'000);
    const auto year = conditions({{"date", "2024"}});
    CHECK(std::get<std::int64_t>(year->values[1]) - std::get<std::int64_t>(year->values[0]) ==
          366 * std::int64_t{86'400'000});
    const auto december = conditions({{"date", "gt2026-12"}});
    CHECK(std::get<std::int64_t>(december->values[0]) == *base::parse_instant("2027-01-01T00:00:00Z"));
    const auto second = conditions({{"date", "le2026-11-22T09:30:00Z"}});
    CHECK(second->sql == "effective_ms < :q1");
    for (const char* wrong : {"", "2026-13", "sa2026", "ge", "yesterday", "2026-02-30", "9999"})
      CHECK(conditions({{"date", wrong}}).error().field == "date");
  }
}

TEST_CASE("a page's cursor reads back, and nothing else does", "[search]") {
  const auto cursor = parse_cursor(cursor_text({1'795'339'800'000, -5, "a.b-c"}));
  REQUIRE(cursor);
  CHECK(cursor->as_of_ms == 1'795'339'800'000);
  CHECK(cursor->sort == -5);
  CHECK(cursor->id == "a.b-c");
  for (const char* wrong : {"", "_", "__", "1_2_", "1_2", "x_2_a", "1_x_a", "1_2_a b", "1_2_a'"})
    CHECK_FALSE(parse_cursor(wrong));
}

TEST_CASE("a form is read strictly and written back", "[search]") {
  const auto form = parse_form("patient=Patient%2Fa&code=urn%3Ax%7Cy+z&empty=");
  REQUIRE(form);
  CHECK(*form == Pairs{{"patient", "Patient/a"}, {"code", "urn:x|y z"}, {"empty", ""}});
  CHECK(*parse_form(form_text(*form)) == *form);
  for (const char* wrong : {"a=%", "a=%2", "a=%zz", "a=%00", "=b", "a=b&&c=d"}) CHECK_FALSE(parse_form(wrong));
  CHECK(parse_form(std::string(70'000, 'a')).error().code == base::ErrorCode::too_large);
}
