// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_model.h"

#include <glib.h>

#include <algorithm>
#include <cstdio>

#include "handouts/spinal_level.h"

namespace facet::handouts {
namespace {

using base::invalid;
using base::Result;
using base::Status;

constexpr long longest_name = 200;
constexpr std::size_t most_symptoms = 60;
constexpr std::size_t most_joints = 100;

/// Words of a pack that passed TextPack::parse cannot lack a value here; `filled` hands the rare
/// defect up as an exception that build_handout turns back into an Error.
struct Refused {
  base::Error error;
};

Paragraph filled(const Template& words, const Values& values) {
  auto paragraph = fill(words, values);
  if (!paragraph) throw Refused{paragraph.error()};
  return *paragraph;
}

std::string label(const TextPack& texts, std::string_view key, const Values& values = {}) {
  return plain(filled(texts.label(key), values));
}

Status check_text(const std::string& field, const std::string& text, bool needed) {
  if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr))
    return invalid(field, "Text must be UTF-8.");
  if (g_utf8_strlen(text.data(), static_cast<gssize>(text.size())) > longest_name)
    return invalid(field, "Text must be at most 200 characters.");
  if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return invalid(field, "Text must not hold control characters.");
  if (needed && std::all_of(text.begin(), text.end(), [](char c) { return c == ' '; }))
    return invalid(field, "Text must not be empty.");
  return {};
}

Status check_score(const std::string& field, const std::optional<int>& score) {
  if (score && (*score < 0 || *score > 10)) return invalid(field, "Must be 0 to 10.");
  return {};
}

Status check_side(const std::string& field, const std::string& side) {
  for (const auto* known : {"", "left", "right", "both", "midline"})
    if (side == known) return {};
  return invalid(field, "Side must be left, right, both or midline.");
}

Status check_symptom(const std::string& field, const SymptomInput& symptom) {
  if (auto ok = check_text(field + ".name", symptom.plain_name, true); !ok) return ok;
  if (auto ok = check_side(field + ".side", symptom.side); !ok) return ok;
  if (auto ok = check_score(field + ".severity", symptom.severity); !ok) return ok;
  for (const auto& nerve : symptom.nerves)
    if (auto ok = check_text(field + ".nerve", nerve.name, false); !ok) return ok;
  for (const auto& segment : symptom.segments)
    if (!level_of(segment)) return invalid(field + ".segment", "No such spinal level.");
  for (const auto* known :
       {"segmental full", "segmental partial", "adjacent none_direct", "none none"})
    if (symptom.bed_basis + " " + symptom.bed_reach == known) return {};
  return invalid(field + ".bed", "No such basis and reach of the bed.");
}

Status check_joint(const std::string& field, const JointInput& joint) {
  if (!level_of(joint.level)) return invalid(field + ".level", "No such spinal level.");
  if (joint.motion < 0 || joint.motion > 6) return invalid(field + ".motion", "Must be 0 to 6.");
  return check_side(field + ".side", joint.side);
}

Status check(const HandoutInput& input) {
  if (!input.given_on.ok()) return invalid("given_on", "No such date.");
  if (auto ok = check_text("clinic", input.clinic, true); !ok) return ok;
  if (auto ok = check_text("document_id", input.document_id, false); !ok) return ok;
  if (auto ok = check_text("given_by", input.given_by, false); !ok) return ok;
  if (input.patient)
    if (auto ok = check_text("patient", *input.patient, true); !ok) return ok;
  if (input.symptoms.size() > most_symptoms) return invalid("symptom", "At most 60 symptoms.");
  if (input.joints.size() > most_joints) return invalid("joint", "At most 100 joints.");
  for (std::size_t i = 0; i < input.symptoms.size(); ++i)
    if (auto ok = check_symptom("symptom[" + std::to_string(i) + "]", input.symptoms[i]); !ok)
      return ok;
  for (std::size_t i = 0; i < input.joints.size(); ++i)
    if (auto ok = check_joint("joint[" + std::to_string(i) + "]", input.joints[i]); !ok) return ok;
  return check_score("stress", input.stress);
}

/// "a", "a and b", "a, b and c".
std::string join(const TextPack& texts, const std::vector<std::string>& items) {
  std::string text = items.front();
  for (std::size_t i = 1; i < items.size(); ++i)
    text =
        label(texts, i + 1 == items.size() ? "two" : "more", {{"first", text}, {"last", items[i]}});
  return text;
}

/// "C5-C6", "C5-C6 and C6-C7" or, for a run of three and more, "L1-L2 to L5-S1".
std::string joint_names(const TextPack& texts, const std::vector<int>& levels) {
  const auto first = std::string(level_names[levels.front()]);
  const auto last = std::string(level_names[levels.back()]);
  if (levels.size() < 2) return first;
  const bool run = levels.back() - levels.front() + 1 == static_cast<int>(levels.size());
  if (run && levels.size() > 2) return label(texts, "run", {{"first", first}, {"last", last}});
  std::vector<std::string> names;
  for (const int level : levels) names.emplace_back(level_names[level]);
  return join(texts, names);
}

std::string region_name(const TextPack& texts, const std::vector<int>& levels) {
  const auto region = [&](int level) {
    return label(texts, level <= last_neck_level   ? "region_neck"
                        : level <= last_back_level ? "region_back"
                                                   : "region_low");
  };
  const auto first = region(levels.front());
  const auto last = region(levels.back());
  return first == last ? first : label(texts, "two", {{"first", first}, {"last", last}});
}

std::vector<int> sorted_levels(const std::vector<std::string>& names) {
  std::vector<int> levels;
  for (const auto& name : names) levels.push_back(*level_of(name));
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

std::string nerve_names(const TextPack& texts, const std::vector<NerveInput>& nerves) {
  std::vector<std::string> names;
  for (const auto& nerve : nerves) {
    const auto* words = texts.nerve(nerve.id);
    auto name = words ? plain(filled(*words, {})) : nerve.name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return join(texts, names);
}

std::string nerve_path(const TextPack& texts, const SymptomInput& symptom,
                       const std::vector<int>& levels) {
  if (symptom.nerves.empty()) return label(texts, "nerve_none");
  const auto nerves = nerve_names(texts, symptom.nerves);
  if (levels.empty()) return label(texts, "nerve_only", {{"nerves", nerves}});
  return label(texts, "nerve_path",
               {{"nerves", nerves},
                {"region", region_name(texts, levels)},
                {"joints", joint_names(texts, levels)}});
}

std::string bed_words(const TextPack& texts, const SymptomInput& symptom) {
  if (symptom.bed_basis == "segmental")
    return label(texts, symptom.bed_reach == "full" ? "bed_full" : "bed_partial");
  return label(texts, symptom.bed_basis == "adjacent" ? "bed_adjacent" : "bed_none");
}

std::string symptom_title(const TextPack& texts, const SymptomInput& symptom) {
  Values values{{"name", symptom.plain_name}};
  std::string key = "symptom";
  if (!symptom.side.empty()) {
    key += "_side";
    values["side"] = label(texts, "side_" + symptom.side);
  }
  if (symptom.severity) {
    values["severity"] = std::to_string(*symptom.severity);
  } else {
    key += "_unscored";
  }
  return label(texts, key, values);
}

HandoutSymptom symptom_of(const TextPack& texts, const SymptomInput& input, int number) {
  HandoutSymptom symptom;
  symptom.number = number;
  symptom.title = symptom_title(texts, input);
  symptom.levels = sorted_levels(input.segments);
  symptom.nerve_path = nerve_path(texts, input, symptom.levels);
  symptom.bed = bed_words(texts, input);
  symptom.severity = input.severity;
  return symptom;
}

std::string joint_words(const TextPack& texts, const JointInput& joint) {
  Values values{{"joint", joint.level},
                {"motion", label(texts, "motion_" + std::to_string(joint.motion))}};
  if (!joint.side.empty()) values["side"] = label(texts, "side_" + joint.side);
  auto words = label(texts, joint.side.empty() ? "joint" : "joint_side", values);
  return joint.sore ? label(texts, "joint_sore", {{"joint", words}}) : words;
}

std::string joints_words(const TextPack& texts, const std::vector<JointInput>& joints) {
  std::string words;
  for (const auto& joint : joints) {
    if (!words.empty()) words += "; ";
    words += joint_words(texts, joint);
  }
  return words;
}

Picture spine_picture(const TextPack& texts, const HandoutInput& input,
                      const std::vector<HandoutSymptom>& symptoms) {
  std::string marks;
  for (std::size_t i = 0; i < symptoms.size(); ++i) {
    if (symptoms[i].levels.empty()) continue;
    if (!marks.empty()) marks += ' ';
    marks += label(texts, "mark_symptom",
                   {{"number", std::to_string(symptoms[i].number)},
                    {"name", input.symptoms[i].plain_name},
                    {"joints", joint_names(texts, symptoms[i].levels)}});
  }
  if (!input.joints.empty()) {
    if (!marks.empty()) marks += ' ';
    marks += label(texts, "mark_joint", {{"joints", joints_words(texts, input.joints)}});
  }
  return {label(texts, input.joints.empty() ? "spine_caption" : "spine_caption_stiff"),
          label(texts, "spine_alt", {{"marks", marks}})};
}

Section section_of(const TextPack& texts, std::string_view name, const Values& values) {
  const auto& file = texts.file(name);
  Section section{plain(filled(file.heading, values)), {}};
  for (const auto& block : file.blocks) section.paragraphs.push_back(filled(block, values));
  return section;
}

Paragraph after_label(const TextPack& texts, std::string_view key, Paragraph paragraph) {
  paragraph.insert(paragraph.begin(), Span{" ", false});
  paragraph.insert(paragraph.begin(), Span{label(texts, key), true});
  return paragraph;
}

Secret secret_of(const TextPack& texts, int number) {
  const auto words = [&](std::string_view key) { return filled(texts.secret(number, key), {}); };
  return {number,
          plain(filled(texts.secret_heading(number), {})),
          after_label(texts, "author_says", words("author")),
          after_label(texts, "research_says", words("research")),
          after_label(texts, "for_you", words("relief")),
          label(texts, "proof", {{"evidence", plain(words("grade"))}}),
          label(texts, "source", {{"source", plain(words("source"))}})};
}

std::string date_words(const TextPack& texts, std::chrono::year_month_day date) {
  const auto month = static_cast<unsigned>(date.month());
  return label(texts, "date",
               {{"day", std::to_string(static_cast<unsigned>(date.day()))},
                {"month", label(texts, "month_" + std::to_string(month))},
                {"year", std::to_string(static_cast<int>(date.year()))}});
}

std::string iso(std::chrono::year_month_day date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

void add_patient(HandoutModel& model, const HandoutInput& input, const TextPack& texts) {
  model.your_heading = label(texts, "your_heading");
  int number = 0;
  for (const auto& symptom : input.symptoms)
    model.symptoms.push_back(symptom_of(texts, symptom, ++number));
  for (const auto& joint : input.joints)
    model.joints.push_back({*level_of(joint.level), joint.side, joint.motion, joint.sore});
  if (!input.joints.empty())
    model.findings.push_back(
        {{label(texts, "stiff", {{"joints", joints_words(texts, input.joints)}}), false}});
  if (input.stress)
    model.findings.push_back(
        {{label(texts, "stress", {{"score", std::to_string(*input.stress)}}), false}});
  model.spine = spine_picture(texts, input, model.symptoms);
}

void add_texts(HandoutModel& model, const TextPack& texts, const Values& values) {
  model.title = label(texts, "title");
  model.text_version = label(texts, "text_version");
  model.about = section_of(texts, "about.md", values);
  model.urgent = section_of(texts, "urgent.md", values);
  model.today = section_of(texts, "today.md", values);
  model.soon = section_of(texts, "soon.md", values);
  for (int number = 1; number <= 4; ++number)
    model.secrets.push_back(secret_of(texts, number));
  model.pinched = {label(texts, "pinched_caption"), label(texts, "pinched_alt")};
  model.free = {label(texts, "free_caption"), label(texts, "free_alt")};
  model.bed = section_of(texts, "bed.md", values);
  model.choices = section_of(texts, "choices.md", values);
  model.closing = section_of(texts, "footer.md", values);
  model.page_line = texts.label("page");
}

HandoutModel build(const HandoutInput& input, const TextPack& texts) {
  HandoutModel model;
  model.language = texts.language();
  model.clinic = input.clinic;
  model.document_id = input.document_id;
  model.date_iso = iso(input.given_on);
  Values values{{"clinic", input.clinic},
                {"date", date_words(texts, input.given_on)},
                {"document", input.document_id},
                {"given_by", input.given_by}};
  add_texts(model, texts, values);
  model.document_line = label(texts, "document", values);
  if (input.patient) values["patient"] = *input.patient;
  model.made_for = filled(texts.label(input.patient ? "made_for" : "made_general"), values);
  add_patient(model, input, texts);
  return model;
}

}  // namespace

Result<HandoutModel> build_handout(const HandoutInput& input, const TextPack& texts) {
  if (auto ok = check(input); !ok) return base::pass(ok);
  if (input.language != texts.language())
    return invalid("language", "The texts are in another language.");
  try {
    return build(input, texts);
  } catch (Refused& refused) {
    return tl::unexpected<base::Error>(std::move(refused.error));
  }
}

Result<HandoutModel> build_handout(const HandoutInput& input) {
  auto texts = built_in_texts(input.language);
  if (!texts) return base::pass(texts);
  return build_handout(input, **texts);
}

}  // namespace facet::handouts
