// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_model.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "handouts/handout_check.h"
#include "handouts/handout_words.h"
#include "handouts/spinal_level.h"

namespace facet::handouts {
namespace {

std::vector<int> sorted_levels(const std::vector<std::string>& names) {
  std::vector<int> levels;
  for (const auto& name : names) levels.push_back(*level_of(name));
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

HandoutSymptom symptom_of(const Words& words, const SymptomInput& input, int number) {
  HandoutSymptom symptom;
  symptom.number = number;
  symptom.title = words.symptom_title(input);
  symptom.levels = sorted_levels(input.segments);
  symptom.nerve_path = words.nerve_path(input, symptom.levels);
  symptom.bed = words.bed_reach(input);
  symptom.severity = input.severity;
  symptom.body_parts = input.body_parts;
  symptom.side = input.side;
  return symptom;
}

void add_words(std::string& text, const std::string& more) {
  if (!text.empty()) text += ' ';
  text += more;
}

Picture spine_picture(const Words& words, const HandoutInput& input,
                      const std::vector<HandoutSymptom>& symptoms) {
  std::string marks;
  for (std::size_t i = 0; i < symptoms.size(); ++i)
    if (!symptoms[i].levels.empty())
      add_words(marks, words.label("mark_symptom", {{"number", std::to_string(symptoms[i].number)},
                                                    {"name", words.symptom_name(input.symptoms[i])},
                                                    {"joints", words.joints(symptoms[i].levels)}}));
  if (!input.joints.empty())
    add_words(marks, words.label("mark_joint", {{"joints", words.stiffness(input.joints)}}));
  return {words.label(input.joints.empty() ? "spine_caption" : "spine_caption_stiff"),
          words.label("spine_alt", {{"marks", marks}})};
}

Picture body_picture(const Words& words, const HandoutInput& input) {
  std::string marks;
  for (std::size_t i = 0; i < input.symptoms.size(); ++i) {
    const auto& symptom = input.symptoms[i];
    if (symptom.body_parts.empty()) continue;
    Values values{{"number", std::to_string(i + 1)}, {"name", words.symptom_name(symptom)}};
    if (!symptom.side.empty()) values["side"] = words.label("side_" + symptom.side);
    add_words(marks, words.label(symptom.side.empty() ? "body_mark" : "body_mark_side", values));
  }
  return {words.label("body_caption"), words.label("body_alt", {{"marks", marks}})};
}

Section section_of(const Words& words, std::string_view name, const Values& values) {
  const auto& file = words.texts().file(name);
  Section section{plain(words.filled(file.heading, values)), {}};
  for (const auto& block : file.blocks) section.paragraphs.push_back(words.filled(block, values));
  return section;
}

Paragraph after_label(const Words& words, std::string_view key, Paragraph paragraph) {
  paragraph.insert(paragraph.begin(), Span{" ", false});
  paragraph.insert(paragraph.begin(), Span{words.label(key), true});
  return paragraph;
}

Secret secret_of(const Words& words, int number, Track track) {
  const auto said = [&](std::string_view key) {
    return words.filled(words.texts().secret(number, key), {});
  };
  Secret secret;
  secret.number = number;
  secret.heading = plain(words.filled(words.texts().secret_heading(number), {}));
  secret.author_says = after_label(words, "author_says", said("author"));
  secret.research_says = after_label(words, "research_says", said("research"));
  secret.for_you =
      after_label(words, "for_you", said(track == Track::relief ? "relief" : "prevention"));
  secret.proof = words.label("proof", {{"evidence", plain(said("grade"))}});
  secret.source_label = words.label("source");
  secret.source = plain(said("source"));
  return secret;
}

std::string iso(std::chrono::year_month_day date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

void add_patient(HandoutModel& model, const HandoutInput& input, const Words& words) {
  model.your_heading = words.label("your_heading");
  int number = 0;
  for (const auto& symptom : input.symptoms)
    model.symptoms.push_back(symptom_of(words, symptom, ++number));
  for (const auto& joint : input.joints)
    model.joints.push_back({*level_of(joint.level), joint.side, joint.motion, joint.sore});
  if (!input.joints.empty())
    model.findings.push_back(
        {{words.label("stiff", {{"joints", words.stiffness(input.joints)}}), false}});
  if (input.stress)
    model.findings.push_back(
        {{words.label("stress", {{"score", std::to_string(*input.stress)}}), false}});
  model.spine = spine_picture(words, input, model.symptoms);
  model.body = body_picture(words, input);
}

/// A row of the plan and when it is, in minutes of an unnamed zone.
struct Dated {
  long when;
  std::array<std::string, 3> row;
};

long minutes(const LocalTime& time) {
  return std::chrono::sys_days(time.day).time_since_epoch().count() * 24L * 60 + time.minute;
}

void add_plan(Plan& plan, const HandoutInput& input, const Words& words) {
  plan.heading = words.label("plan_heading");
  plan.columns = {words.label("plan_when"), words.label("plan_what"), words.label("plan_where")};
  std::vector<Dated> rows;
  for (const auto& session : input.bed_sessions)
    rows.push_back({minutes(session.start),
                    {words.time(session.start), words.bed_session(session), session.where}});
  for (const auto& visit : input.visits)
    rows.push_back({minutes(visit.start),
                    {words.time(visit.start),
                     visit.with.empty() ? words.label("visit")
                                        : words.label("visit_with", {{"name", visit.with}}),
                     visit.where}});
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Dated& a, const Dated& b) { return a.when < b.when; });
  for (auto& dated : rows) plan.rows.push_back(std::move(dated.row));
  if (input.check_in_minutes && !input.bed_sessions.empty())
    plan.notes.push_back(
        {{words.label("check_in", {{"minutes", std::to_string(*input.check_in_minutes)}}), false}});
}

std::string clinic_of(const HandoutInput& input, const Words& words) {
  return input.clinic.empty() ? words.label("your_clinic") : input.clinic;
}

void add_contact(Section& contact, const HandoutInput& input, const Words& words) {
  contact.heading = words.label("contact_heading");
  const auto say = [&](const char* key) {
    contact.paragraphs.push_back(
        words.filled(words.texts().label(key), {{"clinic", clinic_of(input, words)},
                                                {"phone", input.contact.phone},
                                                {"email", input.contact.email}}));
  };
  if (!input.contact.phone.empty()) say("contact_phone");
  if (!input.contact.email.empty()) say("contact_email");
  if (contact.paragraphs.empty()) say("contact_none");
}

/// Who signed the words off, or that nobody has, and until when they are good.
void add_text_version(HandoutModel& model, const Words& words) {
  const auto& texts = words.texts();
  model.review = words.label("review", {{"date", words.date(texts.review_by())}});
  if (!texts.approval()) {
    model.draft_mark = words.label("draft_mark");
    model.text_version = words.label("version_draft", {{"version", texts.version()}});
    return;
  }
  model.text_version =
      words.label("version_approved", {{"version", texts.version()},
                                       {"name", texts.approval()->name},
                                       {"date", words.date(texts.approval()->on)}});
}

void add_sections(HandoutModel& model, const HandoutInput& input, const Words& words,
                  const Values& values) {
  const bool relief = input.track == Track::relief;
  model.title = words.label("title");
  model.subtitle = words.label(relief ? "track_relief" : "track_prevention");
  model.about = section_of(words, "about.md", values);
  if (input.patient) model.about.heading.clear();  // room for what is the patient's own
  const auto purpose = words.label(relief ? "about_relief" : "about_prevention");
  model.about.paragraphs.back().push_back({" " + purpose, false});
  model.urgent = section_of(words, "urgent.md", values);
  model.today = section_of(words, "today.md", values);
  model.soon = section_of(words, "soon.md", values);
  for (int number = 1; number <= 4; ++number)
    model.secrets.push_back(secret_of(words, number, input.track));
  model.bed = section_of(words, "bed.md", values);
  model.choices = section_of(words, "choices.md", values);
  model.closing = section_of(words, "footer.md", values);
}

void add_pictures(HandoutModel& model, const Words& words) {
  model.pinched = {words.label("pinched_caption"), words.label("pinched_alt")};
  model.free = {words.label("free_caption"), words.label("free_alt")};
  model.chain = {words.label("chain_caption"), words.label("chain_alt")};
  model.code_alt = words.label("qr_alt");
}

HandoutModel build(const HandoutInput& input, const Words& words) {
  HandoutModel model;
  model.language = words.texts().language();
  model.right_to_left = words.texts().right_to_left();
  model.clinic = input.clinic;
  model.document_id = input.document_id;
  model.date_iso = iso(input.given_on);
  Values values{{"clinic", clinic_of(input, words)},
                {"date", words.date(input.given_on)},
                {"document", input.document_id},
                {"given_by", input.given_by}};
  add_sections(model, input, words, values);
  add_pictures(model, words);
  add_text_version(model, words);
  model.document_line =
      input.document_id.empty() ? words.date(input.given_on) : words.label("document", values);
  model.turn_over = words.label("turn_over");
  model.page_line = words.texts().label("page");
  values["patient"] = input.patient.value_or("");
  values["recipient"] = input.recipient.value_or("");
  model.made_for = words.filled(words.texts().label(!input.patient    ? "made_general"
                                                    : input.recipient ? "made_for_recipient"
                                                                      : "made_for"),
                                values);
  add_patient(model, input, words);
  add_plan(model.plan, input, words);
  add_contact(model.contact, input, words);
  return model;
}

}  // namespace

bool HandoutModel::has_spine() const {
  return !joints.empty() || std::any_of(symptoms.begin(), symptoms.end(), [](const auto& symptom) {
    return !symptom.levels.empty();
  });
}

bool HandoutModel::has_body() const {
  return std::any_of(symptoms.begin(), symptoms.end(),
                     [](const auto& symptom) { return !symptom.body_parts.empty(); });
}

base::Result<HandoutModel> build_handout(const HandoutInput& input, const TextPack& texts,
                                         const std::string& missing_language) {
  if (auto ok = check_input(input); !ok) return base::pass(ok);
  const Words words(texts);
  try {
    auto model = build(input, words);
    if (!missing_language.empty())
      model.missing = words.label("fallback", {{"language", missing_language}});
    return model;
  } catch (Refused& refused) {
    return tl::unexpected<base::Error>(std::move(refused.error));
  }
}

base::Result<HandoutModel> build_handout(const HandoutInput& input) {
  auto texts = built_in_texts(input.language);
  if (!texts) return base::pass(texts);
  return build_handout(input, **texts);
}

}  // namespace facet::handouts
