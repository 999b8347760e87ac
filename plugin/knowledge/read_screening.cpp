// SPDX-License-Identifier: MPL-2.0
#include "knowledge/object_reader.h"
#include "knowledge/reading.h"

namespace facet::knowledge {
namespace {

constexpr Codes<1> answer_codes{"yes_no_unsure"};

void expect_answer(ObjectReader& o) {
  o.expect("answer", answer_codes[0]);
  o.expect("unsure_treated_as", "yes");
}

RedFlagItem read_item(ObjectReader& o) {
  return {.id = o.text("id"), .text = o.text("text")};
}

YesWhen read_yes_when(ObjectReader& o) {
  return {.question_yes = o.truth("question_yes"), .items_at_least = o.whole("items_at_least")};
}

Combination read_combination(ObjectReader& o) {
  return {.with_any = o.texts("with_any"),
          .then = o.term<RedFlagAction>("then"),
          .patient_message = o.text("patient_message"),
          .route_uk = o.text("route_uk")};
}

RedFlag read_red_flag(ObjectReader& o) {
  expect_answer(o);
  return {.id = o.text("id"),
          .group = o.term<RedFlagGroup>("group"),
          .question = o.text("question"),
          .items = o.objects("items", read_item),
          .yes_when = o.object("yes_when", read_yes_when),
          .help_text = o.text("help_text"),
          .staff_note = o.text("staff_note"),
          .action = o.term<RedFlagAction>("action"),
          .blocks_bed = o.truth("blocks_bed"),
          .patient_message = o.text("patient_message"),
          .route_uk = o.text("route_uk"),
          .combine_with = o.objects("combine_with", read_combination),
          .sources = o.sources("source")};
}

Contraindication read_contraindication(ObjectReader& o) {
  expect_answer(o);
  return {.id = o.text("id"),
          .question = o.text("question"),
          .help_text = o.text("help_text"),
          .answered_by = o.term<AnsweredBy>("answered_by"),
          .kind = o.term<ContraindicationKind>("kind"),
          .action = o.term<ContraindicationAction>("action"),
          .zone = o.term<BlockedZone>("zone"),
          .clear_role = o.term<ClearRole>("clear_role"),
          .clear_note = o.text("clear_note"),
          .why = o.text("why"),
          .sources = o.sources("source")};
}

RedFlagActionText read_flag_action(ObjectReader& o) {
  return {.id = o.term<RedFlagAction>("id"), .rank = o.whole("rank"), .meaning = o.text("meaning")};
}

ContraindicationKindText read_kind(ObjectReader& o) {
  return {.id = o.term<ContraindicationKind>("id"), .meaning = o.text("meaning")};
}

ContraindicationActionText read_action(ObjectReader& o) {
  return {.id = o.term<ContraindicationAction>("id"),
          .rank = o.whole("rank"),
          .meaning = o.text("meaning"),
          .patient_message = o.text("patient_message")};
}

DeviceLimit read_limit(ObjectReader& o) {
  return {.name = o.term<LimitName>("name"), .value = o.whole("value")};
}

DeviceFact read_fact(ObjectReader& o) {
  return {.topic = o.term<FactTopic>("topic"), .text = o.text("text")};
}

DeviceModel read_device(ObjectReader& o) {
  return {.id = o.text("id"),
          .name = o.text("name"),
          .zones = o.terms<BedZone>("zones"),
          .limits = o.objects("limits", read_limit),
          .facts = o.objects("facts", read_fact),
          .sources = o.sources("source")};
}

ScreeningLogic read_logic(ObjectReader& o) {
  o.expect_codes<RedFlagAction>("order");
  o.expect_codes<Answer>("answer_values");
  return {.rescreen_days = o.whole("rescreen_days"),
          .ask_before_bed = o.texts("ask_before_bed"),
          .recheck_each_visit = o.texts("recheck_each_visit"),
          .rules = o.texts("rules")};
}

SessionDefaults read_session(ObjectReader& o) {
  return {.note = o.text("note"),
          .max_minutes_published = o.whole("max_minutes_published"),
          .first_session_minutes = o.whole("first_session_minutes_default"),
          .first_session_strength = o.text("first_session_strength_default"),
          .min_gap_hours = o.whole("min_gap_hours_default"),
          .max_sessions_per_week = o.whole("max_sessions_per_week_default"),
          .review_after_sessions = o.whole("review_after_sessions_default"),
          .stop_if = o.texts("stop_if"),
          .turnover_minutes = o.whole("turnover_minutes_default"),
          .clearance_valid_days = o.whole("clearance_valid_days_default")};
}

CaudaEquinaCard read_card(ObjectReader& o) {
  return {.note = o.text("note"), .sources = o.sources("source")};
}

bool expect_enumerations(ObjectReader& o) {
  o.expect_codes<RedFlagAction>("red_flag_action");
  o.expect_codes<RedFlagGroup>("red_flag_group");
  o.expect_list("answer", answer_codes.data(), answer_codes.size());
  o.expect_codes<Answer>("answer_value");
  o.expect_codes<ContraindicationKind>("contraindication_kind");
  o.expect_codes<ContraindicationAction>("contraindication_action");
  o.expect_codes<BlockedZone>("zone");
  o.expect_codes<AnsweredBy>("answered_by");
  o.expect_codes<ClearRole>("clear_role");
  o.expect_codes<LimitName>("device_limit");
  o.expect_codes<FactTopic>("device_topic");
  return true;
}

ScreeningAbout read_about(ObjectReader& o) {
  return {.title = o.text("title"),
          .version = o.text("version"),
          .status = o.text("status"),
          .language = o.text("language"),
          .reading_target = o.text("reading_target"),
          .not_a_diagnosis = o.text("not_a_diagnosis"),
          .evidence_caution = o.text("evidence_caution"),
          .code_system_note = o.text("code_system_note"),
          .regulatory_note = o.text("regulatory_note"),
          .sources_key = o.text("sources_key")};
}

ScreeningData read_file(ObjectReader& o) {
  o.object("enumerations", expect_enumerations);
  return {.about = o.object("meta", read_about),
          .red_flag_actions = o.objects("red_flag_actions", read_flag_action),
          .contraindication_kinds = o.objects("contraindication_kinds", read_kind),
          .contraindication_actions = o.objects("contraindication_actions", read_action),
          .logic = o.object("logic", read_logic),
          .session_defaults = o.object("session_defaults", read_session),
          .red_flags = o.objects("red_flags", read_red_flag),
          .contraindications = o.objects("contraindications", read_contraindication),
          .devices = o.objects("devices", read_device),
          .cauda_equina_card = o.object("cauda_equina_card", read_card)};
}

}  // namespace

ScreeningData read_screening(const base::Json& document, Findings& findings) {
  return ObjectReader::document(document, "screening.json", findings, read_file);
}

}  // namespace facet::knowledge
