// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_words.h"

#include <fribidi.h>

#include <algorithm>
#include <cstdio>

#include "handouts/spinal_level.h"

namespace facet::handouts {
namespace {

constexpr char left_to_right_isolate[] = "\u2066";
constexpr char right_to_left_isolate[] = "\u2067";
constexpr char end_of_isolate[] = "\u2069";

/// By the first letter that has a direction.
bool runs_right_to_left(const std::string& text) {
  std::u32string letters(text.size(), U'\0');
  auto* data = reinterpret_cast<FriBidiChar*>(letters.data());
  const auto count = fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, text.data(),
                                                static_cast<FriBidiStrIndex>(text.size()), data);
  std::vector<FriBidiCharType> types(static_cast<std::size_t>(count));
  fribidi_get_bidi_types(data, count, types.data());
  return FRIBIDI_IS_RTL(fribidi_get_par_direction(types.data(), count));
}

/// Words that hold an isolate were put together here already and run as the pack does; check_input
/// lets nobody else bring one.
bool holds_isolate(const std::string& value) {
  return value.find(end_of_isolate) != std::string::npos;
}

std::string isolated(const std::string& value, bool right_to_left) {
  if (value.empty() || holds_isolate(value) || runs_right_to_left(value) == right_to_left)
    return value;
  return (right_to_left ? left_to_right_isolate : right_to_left_isolate) + value + end_of_isolate;
}

std::string number(unsigned value) {
  return std::to_string(value);
}

Values date_values(const Words& words, std::chrono::year_month_day date) {
  const auto month = static_cast<unsigned>(date.month());
  return {{"day", number(static_cast<unsigned>(date.day()))},
          {"month", words.label("month_" + number(month))},
          {"year", std::to_string(static_cast<int>(date.year()))}};
}

}  // namespace

Paragraph Words::filled(const Template& words, const Values& values) const {
  Values kept;
  for (const auto& [name, value] : values) kept[name] = isolated(value, texts_.right_to_left());
  auto paragraph = fill(words, kept);
  if (!paragraph) throw Refused{paragraph.error()};
  return *paragraph;
}

std::string Words::label(std::string_view key, const Values& values) const {
  return plain(filled(texts_.label(key), values));
}

std::string Words::date(std::chrono::year_month_day date) const {
  return label("date", date_values(*this, date));
}

std::string Words::time(const LocalTime& time) const {
  auto values = date_values(*this, time.day);
  const std::chrono::weekday weekday{time.day};
  values["weekday"] = label("weekday_" + number(weekday.iso_encoding()));
  char clock[8];
  std::snprintf(clock, sizeof clock, "%02d:%02d", time.minute / 60 % 24, time.minute % 60);
  values["time"] = clock;
  return label("date_time", values);
}

std::string Words::list(const std::vector<std::string>& items) const {
  std::string text = items.front();
  for (std::size_t i = 1; i < items.size(); ++i)
    text = label(i + 1 == items.size() ? "two" : "more", {{"first", text}, {"last", items[i]}});
  return text;
}

std::string Words::symptom_name(const SymptomInput& symptom) const {
  const auto* words = texts_.symptom(symptom.id);
  return words ? plain(filled(*words, {})) : symptom.plain_name;
}

std::string Words::symptom_title(const SymptomInput& symptom) const {
  Values name{{"name", symptom_name(symptom)}};
  if (!symptom.side.empty()) name["side"] = label("side_" + symptom.side);
  const auto title = label(symptom.side.empty() ? "symptom_name" : "symptom_name_side", name);
  if (!symptom.severity) return title;
  Values values{{"title", title}, {"now", std::to_string(*symptom.severity)}};
  if (!symptom.earlier) return label("severity_now", values);
  values["then"] = std::to_string(symptom.earlier->score);
  values["date"] = label("date_short", date_values(*this, symptom.earlier->on));
  return label("severity_then_now", values);
}

std::string Words::joints(const std::vector<int>& levels) const {
  const auto first = std::string(level_names[levels.front()]);
  const auto last = std::string(level_names[levels.back()]);
  if (levels.size() < 2) return first;
  const bool run = levels.back() - levels.front() + 1 == static_cast<int>(levels.size());
  if (run && levels.size() > 2) return label("run", {{"first", first}, {"last", last}});
  std::vector<std::string> names;
  for (const int level : levels) names.emplace_back(level_names[level]);
  return list(names);
}

std::string Words::region(const std::vector<int>& levels) const {
  const auto name = [&](int level) {
    return label(level <= last_neck_level   ? "region_neck"
                 : level <= last_back_level ? "region_back"
                                            : "region_low");
  };
  const auto first = name(levels.front());
  const auto last = name(levels.back());
  return first == last ? first : list({first, last});
}

std::string Words::nerves(const std::vector<NerveInput>& nerves) const {
  std::vector<std::string> names;
  for (const auto& nerve : nerves) {
    const auto* words = texts_.nerve(nerve.id);
    auto name = words ? plain(filled(*words, {})) : nerve.name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return list(names);
}

std::string Words::nerve_path(const SymptomInput& symptom, const std::vector<int>& levels) const {
  if (symptom.nerves.empty()) return label("nerve_none");
  const auto names = nerves(symptom.nerves);
  if (levels.empty()) return label("nerve_only", {{"nerves", names}});
  return label("nerve_path",
               {{"nerves", names}, {"region", region(levels)}, {"joints", joints(levels)}});
}

std::string Words::bed_reach(const SymptomInput& symptom) const {
  if (symptom.bed_basis == "segmental")
    return label(symptom.bed_reach == "full" ? "bed_full" : "bed_partial");
  return label(symptom.bed_basis == "adjacent" ? "bed_adjacent" : "bed_none");
}

std::string Words::joint(const JointInput& joint) const {
  Values values{{"joint", joint.level},
                {"motion", label("motion_" + std::to_string(joint.motion))}};
  if (!joint.side.empty()) values["side"] = label("side_" + joint.side);
  auto words = label(joint.side.empty() ? "joint" : "joint_side", values);
  return joint.sore ? label("joint_sore", {{"joint", words}}) : words;
}

std::string Words::stiffness(const std::vector<JointInput>& joints) const {
  std::string text;
  for (const auto& found : joints)
    text = text.empty() ? joint(found)
                        : label("next_finding", {{"first", text}, {"last", joint(found)}});
  return text;
}

std::string Words::bed_session(const BedSessionInput& session) const {
  std::vector<std::string> zones;
  for (const auto& zone : session.zones) zones.push_back(label("zone_" + zone));
  return label("bed_session",
               {{"minutes", std::to_string(session.minutes)}, {"zones", list(zones)}});
}

}  // namespace facet::handouts
