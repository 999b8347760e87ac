// SPDX-License-Identifier: MPL-2.0
#include "symptoms/trend.h"

#include <algorithm>

namespace facet::symptoms {
namespace {

/// Two rows of one trend; free-text symptoms differ by their ids.
bool continues(const Trend& trend, const std::string& system, const std::string& code,
               const std::optional<std::string>& side, const std::optional<std::string>& site) {
  return trend.code == code && trend.side == side && trend.site == site &&
         trend.code_system == system && code != "other";
}

}  // namespace

std::optional<std::int64_t> Trend::change() const {
  if (points.size() < 2) return {};
  return points.back().value - points[points.size() - 2].value;
}

std::vector<Trend> trends(storage::Act& act, const std::string& patient_id) {
  using std::int64_t;
  using std::optional;
  using std::string;
  std::vector<Trend> found;
  // All columns are in the index observation_trend, so that no row is looked up.
  act.tx.each<string, string, optional<string>, optional<string>, int64_t, int64_t, optional<bool>,
              string>(
      "select code_system, code, side, site, effective_ms, value, pain_on_pressure, id "
      "from observation x where patient_id in (select :patient union all "
      "select source_id from patient_merge where target_id = :merged_into) "
      "and value is not null and status <> 'entered-in-error' and not exists "
      "(select 1 from observation y where y.id = x.id and y.version > x.version) "
      "order by code_system, code, side, site, effective_ms, id",
      {patient_id, patient_id},
      [&](string system, string code, optional<string> side, optional<string> site, int64_t at_ms,
          int64_t value, optional<bool> pain, string id) {
        if (found.empty() || !continues(found.back(), system, code, side, site))
          found.push_back(
              {std::move(system), std::move(code), std::move(side), std::move(site), {}, {}});
        found.back().points.push_back({at_ms, value, pain});
        found.back().latest_id = std::move(id);
      });
  return found;
}

}  // namespace facet::symptoms
