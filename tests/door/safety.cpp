// SPDX-License-Identifier: MPL-2.0
#include "door/safety.h"

namespace facet::testing {

Json decided(Json issue, int minutes_valid, bool advised, const std::string& author) {
  Json extensions =
      Json::array({ext("urn:facet:valid-until", "valueInstant", minutes_from_now(minutes_valid))});
  if (advised)
    extensions.push_back({{"url", "urn:facet:doctor-advice"},
                          {"extension", Json::array({ext("name", "valueString", "Dr A Oyelaran"),
                                                     ext("registration", "valueString", "GMC 7012345"),
                                                     ext("date", "valueDate", day_from_now(-2))})}});
  issue["mitigation"] = Json::array({{{"extension", std::move(extensions)},
                                      {"action", {{"text", "Zanzibar assessment"}}},
                                      {"date", base::instant_text(real_now_ms())},
                                      {"author", to("Practitioner/" + author)}}});
  return issue;
}

}  // namespace facet::testing
