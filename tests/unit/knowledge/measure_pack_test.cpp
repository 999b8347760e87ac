// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "base/json.h"
#include "knowledge/measure.h"

using namespace facet::knowledge;
using facet::base::Json;

namespace {

Json pack(const std::string& name) {
  for (const auto& each : embedded_measure_packs())
    if (each.name == name) return *facet::base::parse_json(each.text);
  throw std::out_of_range(name);
}

facet::base::Result<Measures> load(const Json& json) {
  return load_measures({{"clinic.json", json.dump()}});
}

struct Break {
  const char* what;
  const char* from;
  std::function<void(Json&)> act;
  const char* reason;
};

/// Says what is wrong, or nothing.
std::string refused(const Break& each) {
  Json json = pack(each.from);
  each.act(json);
  const auto loaded = load(json);
  if (loaded) return "";
  std::string all;
  for (const auto& reason : loaded.error().reasons) all += reason + "\n";
  CHECK(loaded.error().code == facet::base::ErrorCode::invalid);
  CHECK(loaded.error().field.rfind("clinic.json", 0) == 0);
  return all;
}

}  // namespace

TEST_CASE("the measures that come with Facet are the four that may") {
  Strings ids;
  for (const auto& each : measures().all()) ids.push_back(each.id);
  std::sort(ids.begin(), ids.end());
  CHECK(ids == Strings{"change", "nprs", "psfs", "rmdq-24"});
  for (const auto& each : measures().all()) {
    INFO(each.id);
    CHECK(each.licence.state != LicenceState::needs_licence);
    CHECK(each.licence.clinic_licence_ref.empty());
    CHECK_FALSE(each.source.citation.empty());
    CHECK(find_measure(each.id) == &each);
  }
  CHECK_FALSE(find_measure("odi"));
  CHECK(find_measure("rmdq-24")->licence.state == LicenceState::permission_text);
  CHECK(find_measure("psfs")->licence.notice.find("Stratford") != std::string::npos);
}

TEST_CASE("the Roland-Morris questionnaire has its 24 sentences in the published order") {
  const auto& items = find_measure("rmdq-24")->items;
  REQUIRE(items.size() == 24);
  CHECK(items[0].text == "I stay at home most of the time because of my back.");
  CHECK(items[1].text == "I change position frequently to try and get my back comfortable.");
  CHECK(items[8].text == "I get dressed more slowly then usual because of my back.");
  CHECK(items[16].text == "I only walk short distances because of my back.");
  CHECK(items[23].text == "I stay in bed most of the time because of my back.");
  for (const auto& item : items) {
    CHECK(item.kind == ItemKind::tick);
    CHECK(item.text.find("my back") + item.text.find("My back") != 2 * std::string::npos);
  }
}

TEST_CASE("each measure says what change means, and who says so") {
  const auto is = [](const std::string& id, int points, int percent) {
    const auto& change = find_measure(id)->meaningful_change;
    return change.score.points == points && change.score.percent == percent &&
           !change.source.empty();
  };
  CHECK(is("nprs", 2, 30));
  CHECK(is("psfs", 2, 0));
  CHECK(is("rmdq-24", 5, 30));
  CHECK(is("change", 2, 0));
  CHECK(find_measure("psfs")->meaningful_change.item.points == 3);
  CHECK(find_measure("change")->items.front().labels.size() == 7);
}

TEST_CASE("a pack that needs a licence loads only with the clinic's own") {
  Json json = pack("nprs.json");
  json["id"] = "licensed";
  json["licence"] = {{"licence_id", "owner-2026"},
                     {"state", "needs_licence"},
                     {"notice", "(c) The owner. Used with permission."},
                     {"clinic_licence_ref", ""}};
  const auto refused = load(json);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().field == "clinic.json.licence.clinic_licence_ref");
  json["licence"].erase("clinic_licence_ref");
  CHECK(load(json).error().field == "clinic.json.licence.clinic_licence_ref");
  json["licence"]["clinic_licence_ref"] = "Contract 4711 of 2026-03-01";
  const auto loaded = load(json);
  REQUIRE(loaded);
  CHECK(loaded->find("licensed")->licence.clinic_licence_ref == "Contract 4711 of 2026-03-01");
}

TEST_CASE("a broken pack is refused with its file and the path in it") {
  const std::vector<Break> breaks{
      {"no title", "nprs.json", [](Json& j) { j.erase("title"); }, ".title is missing"},
      {"unknown key", "nprs.json", [](Json& j) { j["colour"] = "red"; }, ".colour is not a known"},
      {"unknown item key", "nprs.json", [](Json& j) { j["items"][0]["unit"] = "mm"; },
       ".items[now].unit is not a known key"},
      {"a tick has no range", "rmdq_24.json", [](Json& j) { j["items"][3]["min"] = 0; },
       ".items[item4].min is not a known key"},
      {"fraction", "nprs.json", [](Json& j) { j["items"][0]["max"] = 10.5; },
       ".items[now].max is not a whole number"},
      {"text", "nprs.json", [](Json& j) { j["items"][0]["max"] = "10"; },
       ".items[now].max is not a whole number"},
      {"type", "nprs.json", [](Json& j) { j["items"][0]["type"] = "slider"; },
       ".items[now].type \"slider\" is not in the closed list"},
      {"licence state", "nprs.json", [](Json& j) { j["licence"]["state"] = "borrowed"; },
       ".licence.state \"borrowed\""},
      {"empty range", "nprs.json", [](Json& j) { j["items"][0]["min"] = 10; },
       ".items[now].min and max"},
      {"huge range", "nprs.json", [](Json& j) { j["items"][0]["max"] = 1001; },
       ".items[now].min and max"},
      {"label outside", "nprs.json", [](Json& j) { j["items"][0]["labels"][1]["value"] = 11; },
       ".items[now].labels names a value outside"},
      {"label below", "change.json", [](Json& j) { j["items"][0]["labels"][0]["value"] = -4; },
       ".items[change].labels names a value outside"},
      {"labels twice", "nprs.json", [](Json& j) { j["items"][0]["labels"][1]["value"] = 0; },
       "ascending"},
      {"id twice", "nprs.json", [](Json& j) { j["items"][1]["id"] = "now"; }, "an id twice"},
      {"odd id", "nprs.json", [](Json& j) { j["id"] = "NPRS 1"; }, ".id is not made of"},
      {"no items", "nprs.json", [](Json& j) { j["items"] = Json::array(); }, ".items is empty"},
      {"too many items", "rmdq_24.json",
       [](Json& j) {
         for (int i = 0; i < 77; ++i)
           j["items"].push_back({{"id", "x" + std::to_string(i)}, {"type", "tick"}, {"text", "x"}});
       },
       ".items has more than 100"},
      {"no such item", "nprs.json", [](Json& j) { j["scoring"]["item"] = "best"; },
       ".scoring.item names no item"},
      {"ticks have no mean", "rmdq_24.json",
       [](Json& j) {
         j["scoring"] = {{"rule", "mean"}, {"at_least", 3}};
       },
       ".scoring.rule needs numbers"},
      {"numbers are not counted", "nprs.json",
       [](Json& j) {
         j["scoring"] = {{"rule", "count"}};
       },
       ".scoring.rule counts ticks"},
      {"at least none", "psfs.json", [](Json& j) { j["scoring"]["at_least"] = 0; },
       ".scoring.at_least is not 1 to"},
      {"at least too many", "psfs.json", [](Json& j) { j["scoring"]["at_least"] = 6; },
       ".scoring.at_least is not 1 to"},
      {"mean of two scales", "psfs.json", [](Json& j) { j["items"][2]["max"] = 9; },
       ".items[activity3].min and max differ"},
      {"negative points", "nprs.json",
       [](Json& j) { j["meaningful_change"]["score"]["points"] = -1; }, "points outside"},
      {"more than all", "nprs.json",
       [](Json& j) { j["meaningful_change"]["score"]["percent"] = 101; }, "percent outside"},
      {"percent of a scale around 0", "change.json",
       [](Json& j) { j["meaningful_change"]["item"]["percent"] = 30; }, "does not begin at 0"},
      {"a figure without its source", "nprs.json",
       [](Json& j) { j["meaningful_change"]["source"] = ""; }, ".meaningful_change.source"},
      {"permission without its text", "rmdq_24.json", [](Json& j) { j["licence"]["notice"] = ""; },
       ".licence.notice is empty"},
      {"no citation", "psfs.json", [](Json& j) { j["source"]["citation"] = ""; },
       ".source.citation is empty"},
  };
  for (const auto& each : breaks) {
    const auto all = refused(each);
    INFO(each.what << "\nexpected: " << each.reason << "\ngot: " << all);
    CHECK(all.find(each.reason) != std::string::npos);
  }
}

TEST_CASE("what is no JSON, or two packs of one id, is refused by file") {
  const auto broken = load_measures({{"a.json", "{"}});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().field == "a.json");
  const auto twice =
      load_measures({{"a.json", pack("nprs.json").dump()}, {"b.json", pack("nprs.json").dump()}});
  REQUIRE_FALSE(twice);
  CHECK(twice.error().field == "b.json.id");
  CHECK_FALSE(load_measures({{"a.json", "[]"}}));
  CHECK(load_measures({})->all().empty());
}
