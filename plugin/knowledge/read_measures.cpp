// SPDX-License-Identifier: MPL-2.0
#include "knowledge/object_reader.h"
#include "knowledge/reading.h"

namespace facet::knowledge {
namespace {

ScaleLabel read_label(ObjectReader& o) {
  return {.value = o.whole("value"), .text = o.text("text")};
}

MeasureItem read_item(ObjectReader& o) {
  MeasureItem item{.id = o.text("id"),
                   .kind = o.term<ItemKind>("type"),
                   .text = o.text("text"),
                   .min = 0,
                   .max = 1,
                   .labels = {}};
  if (item.kind == ItemKind::tick) return item;
  item.min = o.whole("min");
  item.max = o.whole("max");
  item.labels = o.objects("labels", read_label);
  return item;
}

Scoring read_scoring(ObjectReader& o) {
  Scoring scoring{.rule = o.term<ScoringRule>("rule"), .at_least = 0, .item = {}};
  if (scoring.rule == ScoringRule::mean) scoring.at_least = o.whole("at_least");
  if (scoring.rule == ScoringRule::single) scoring.item = o.text("item");
  return scoring;
}

Threshold read_threshold(ObjectReader& o) {
  return {.points = o.whole("points"), .percent = o.whole("percent")};
}

MeaningfulChange read_change(ObjectReader& o) {
  return {.of = o.term<ChangeOf>("of"),
          .direction = o.term<ChangeDirection>("direction"),
          .score = o.object("score", read_threshold),
          .item = o.object("item", read_threshold),
          .meaning = o.text("meaning"),
          .source = o.text("source"),
          .note = o.text("note")};
}

MeasureSource read_source(ObjectReader& o) {
  return {.citation = o.text("citation"), .checked = o.texts("checked"), .note = o.text("note")};
}

Licence read_licence(ObjectReader& o) {
  return {.licence_id = o.text("licence_id"),
          .state = o.term<LicenceState>("state"),
          .notice = o.text("notice"),
          .clinic_licence_ref = o.text("clinic_licence_ref")};
}

Measure read_pack(ObjectReader& o) {
  return {.id = o.text("id"),
          .version = o.text("version"),
          .language = o.text("language"),
          .title = o.text("title"),
          .instructions = o.text("instructions"),
          .source = o.object("source", read_source),
          .licence = o.object("licence", read_licence),
          .better = o.term<Better>("better"),
          .scoring = o.object("scoring", read_scoring),
          .meaningful_change = o.object("meaningful_change", read_change),
          .items = o.objects("items", read_item)};
}

}  // namespace

Measure read_measure(const base::Json& document, const std::string& name, Findings& findings) {
  return ObjectReader::document(document, name, findings, read_pack);
}

}  // namespace facet::knowledge
