// SPDX-License-Identifier: MPL-2.0
#include "symptoms/catalogue_fhir.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "base/clock.h"
#include "rest/outcome.h"
#include "symptoms/catalogue_codes_fhir.h"
#include "symptoms/catalogue_questionnaires_fhir.h"

namespace facet::symptoms {
namespace {

using base::ErrorCode;
using base::Json;
using base::Result;
using base::Status;
using rest::Pairs;
using rest::PathValues;
using rest::Request;
using rest::Response;

constexpr std::size_t most_codes = 1000;
constexpr std::size_t most_filter_bytes = 200;

/// Each parameter is one that is known, and is given once.
Status check_names(const Pairs& parameters, std::initializer_list<std::string_view> known) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const auto& name = parameters[i].first;
    if (std::find(known.begin(), known.end(), name) == known.end())
      return base::fail(ErrorCode::unsupported, name,
                        "This address does not take \"" + name + "\".");
    for (std::size_t j = 0; j < i; ++j)
      if (parameters[j].first == name) return base::invalid(name, "This is given twice.");
  }
  return {};
}

std::optional<std::string> value_in(const Pairs& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

void answer(Response& response, const Result<Json>& result) {
  if (!result) return rest::send_error(response, result.error());
  rest::send_fhir(response, 200, *result);
}

rest::Handler answer_with(Json body) {
  return [body = std::move(body)](const Request& request, const PathValues&, Response& response) {
    if (auto good = check_names(request.query, {}); !good)
      return rest::send_error(response, good.error());
    rest::send_fhir(response, 200, body);
  };
}

/// Parameters.parameter as pairs of name and text.
Result<Pairs> read_parameters(std::string_view text) {
  const auto wrong = [](const std::string& what) {
    return base::invalid("Parameters.parameter", what);
  };
  auto body = base::parse_json(text);
  if (!body) return base::pass(body);
  if (!body->is_object() || body->value("resourceType", Json()) != "Parameters")
    return base::invalid("Parameters", "This address takes a Parameters resource.");
  Pairs pairs;
  for (const auto& [key, value] : body->items()) {
    if (key == "resourceType" || key == "id") continue;
    if (key != "parameter" || !value.is_array())
      return base::invalid("Parameters." + key, "Facet does not take this element.");
    for (const auto& each : value) {
      if (!each.is_object() || each.size() != 2 || !each.contains("name") ||
          !each["name"].is_string())
        return wrong("Each parameter is a name and a value.");
      for (const auto& [type, one] : each.items()) {
        if (type == "name") continue;
        const bool is_text = type == "valueString" || type == "valueCode" || type == "valueUri";
        if (!(is_text && one.is_string()) && !(type == "valueInteger" && one.is_number_integer()))
          return wrong("A value is a valueString, valueCode, valueUri or valueInteger.");
        pairs.emplace_back(each["name"], is_text ? one.get<std::string>() : one.dump());
      }
    }
  }
  return pairs;
}

Result<std::size_t> whole_number(const std::string& name, const std::string& text) {
  std::size_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number > most_codes)
    return base::invalid(name, "This must be a whole number from 0 to 1000.");
  return number;
}

Result<Expansion> read_expansion(const Pairs& parameters, const std::string& url) {
  if (auto good = check_names(parameters, {"url", "filter", "region", "offset", "count"}); !good)
    return base::pass(good);
  Expansion asked;
  if (const auto given = value_in(parameters, "url"); given && *given != url)
    return base::invalid("url", "This is the value set " + url + ".");
  asked.filter = value_in(parameters, "filter").value_or("");
  if (asked.filter.size() > most_filter_bytes)
    return base::invalid("filter", "A filter has at most 200 bytes.");
  if (const auto code = value_in(parameters, "region")) {
    asked.region = knowledge::find_body_part(*code);
    if (!asked.region) return base::invalid("region", "No part of the body has this code.");
  }
  if (const auto text = value_in(parameters, "offset")) {
    const auto offset = whole_number("offset", *text);
    if (!offset) return tl::unexpected(offset.error());
    asked.offset = *offset;
  }
  if (const auto text = value_in(parameters, "count")) {
    const auto count = whole_number("count", *text);
    if (!count) return tl::unexpected(count.error());
    asked.count = *count;
  }
  return asked;
}

Result<Json> look_up(const knowledge::Catalogue& catalogue, const Pairs& parameters) {
  if (auto good = check_names(parameters, {"code"}); !good) return base::pass(good);
  const auto code = value_in(parameters, "code");
  if (!code) return base::invalid("code", "Name a code.");
  return look_up_symptom(catalogue, *code);
}

/// By GET with its parameters in the address, by POST in a Parameters resource too.
void mount_operation(rest::Router& router, const std::string& address,
                     std::function<Result<Json>(const Pairs&)> run) {
  router.add("GET", address, [run](const Request& request, const PathValues&, Response& response) {
    answer(response, run(request.query));
  });
  router.add("POST", address, [run](const Request& request, const PathValues&, Response& response) {
    auto parameters = read_parameters(request.body);
    if (!parameters) return rest::send_error(response, parameters.error());
    parameters->insert(parameters->end(), request.query.begin(), request.query.end());
    answer(response, run(*parameters));
  });
}

void mount_codes(const knowledge::Catalogue& catalogue, rest::Router& router) {
  router.add("GET", "/fhir/CodeSystem/symptom", answer_with(symptom_code_system(catalogue)));
  router.add("GET", "/fhir/CodeSystem/spinal-level",
             answer_with(spinal_level_code_system(catalogue)));
  mount_operation(router, "/fhir/CodeSystem/symptom/$lookup",
                  [&catalogue](const Pairs& parameters) { return look_up(catalogue, parameters); });
  const auto value_set = symptom_value_set(catalogue);
  router.add("GET", "/fhir/ValueSet/symptom", answer_with(value_set));
  mount_operation(router, "/fhir/ValueSet/symptom/$expand",
                  [&catalogue, url = value_set["url"].get<std::string>()](
                      const Pairs& parameters) -> Result<Json> {
                    const auto asked = read_expansion(parameters, url);
                    if (!asked) return tl::unexpected(asked.error());
                    return expand_symptoms(catalogue, *asked, base::SystemClock().now_ms());
                  });
}

Json searchset(const std::vector<Json>& forms, const Pairs& asked) {
  const auto id = value_in(asked, "_id"), url = value_in(asked, "url");
  Json entries = Json::array();
  for (const auto& form : forms)
    if ((!id || form["id"] == *id) && (!url || form["url"] == *url))
      entries.push_back({{"fullUrl", "Questionnaire/" + form["id"].get<std::string>()},
                         {"resource", form},
                         {"search", {{"mode", "match"}}}});
  Json bundle{{"resourceType", "Bundle"}, {"type", "searchset"}, {"total", entries.size()}};
  if (!entries.empty()) bundle["entry"] = std::move(entries);
  return bundle;
}

void mount_questionnaires(std::vector<Json> forms, rest::Router& router) {
  for (const auto& form : forms)
    router.add("GET", "/fhir/Questionnaire/" + form["id"].get<std::string>(), answer_with(form));
  router.add(
      "GET", "/fhir/Questionnaire",
      [forms = std::move(forms)](const Request& request, const PathValues&, Response& response) {
        if (auto good = check_names(request.query, {"_id", "url"}); !good)
          return rest::send_error(response, good.error());
        rest::send_fhir(response, 200, searchset(forms, request.query));
      });
}

}  // namespace

void mount_catalogue(const knowledge::Catalogue& catalogue, const knowledge::Measures& measures,
                     rest::Router& router) {
  mount_codes(catalogue, router);
  std::vector<Json> forms{screening_questionnaire_json(catalogue),
                          recheck_questionnaire_json(catalogue)};
  for (const auto& measure : measures.all()) forms.push_back(measure_questionnaire_json(measure));
  mount_questionnaires(std::move(forms), router);
}

}  // namespace facet::symptoms
