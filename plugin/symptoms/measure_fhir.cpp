// SPDX-License-Identifier: MPL-2.0
#include "symptoms/measure_fhir.h"

#include "symptoms/measure_answers.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using knowledge::Difference;
using knowledge::Meaningful;

constexpr const char* score_url = "urn:facet:score";
constexpr const char* first_url = "urn:facet:change-from-first";
constexpr const char* previous_url = "urn:facet:change-from-previous";
constexpr const char* exceeds_url = "urn:facet:exceeds-meaningful-change";
constexpr const char* exceeds_previous_url = "urn:facet:exceeds-meaningful-change-from-previous";
constexpr const char* notice_url = "urn:facet:licence-notice";

Json points(const char* url, int hundredths) {
  return {{"url", url}, {"valueDecimal", hundredths / 100.0}};
}

void add(Json& list, const std::optional<Difference>& change, const char* url,
         const char* exceeds) {
  if (!change) return;
  list.push_back(points(url, change->difference));
  if (change->meaningful != Meaningful::not_applicable)
    list.push_back({{"url", exceeds}, {"valueBoolean", change->meaningful == Meaningful::yes}});
}

}  // namespace

void pass_over_scores(rest::Reader& reader) {
  for (const char* url :
       {score_url, first_url, previous_url, exceeds_url, exceeds_previous_url, notice_url})
    reader.extensions(url);
}

Result<const std::vector<MeasureResult>*> MeasureScores::results_of(
    const std::string& patient_id, const knowledge::Measure& measure) {
  const auto key = std::pair{patient_id, measure.id};
  if (const auto there = results_.find(key); there != results_.end()) return &there->second;
  auto found = results(act_, service_.responses.records(), patient_id, measure);
  if (!found) return base::pass(found);
  return &results_.emplace(key, std::move(*found)).first->second;
}

base::Status MeasureScores::add_to(Json& response) {
  auto questionnaire = response.at("questionnaire").get<std::string>();
  questionnaire.erase(std::min(questionnaire.find('|'), questionnaire.size()));
  const auto* measure = measure_of(measures_, questionnaire);
  if (measure == nullptr) return {};
  Json list = Json::array();
  if (!measure->licence.notice.empty())
    list.push_back({{"url", notice_url}, {"valueString", measure->licence.notice}});
  const auto subject = response.at("subject").at("reference").get<std::string>().substr(8);
  const auto found = results_of(subject, *measure);
  if (!found) return tl::unexpected<base::Error>(found.error());
  for (const auto& result : **found) {
    if (result.response_id != response.at("id")) continue;
    if (result.score.hundredths) list.push_back(points(score_url, *result.score.hundredths));
    add(list, result.from_first, first_url, exceeds_url);
    add(list, result.from_previous, previous_url, exceeds_previous_url);
  }
  if (!list.empty()) response["extension"] = std::move(list);
  return {};
}

}  // namespace facet::symptoms
