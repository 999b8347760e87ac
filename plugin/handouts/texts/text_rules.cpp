// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/text_rules.h"

#include <algorithm>
#include <utility>

#include "handouts/texts/commonmark.h"

namespace facet::handouts {
namespace {

constexpr std::string_view section_gaps = "clinic? date? document? given_by?";

constexpr KeyRule labels[] = {
    {"title", ""},
    {"track_relief", ""},
    {"track_prevention", ""},
    {"about_relief", ""},
    {"about_prevention", ""},
    {"draft_mark", ""},
    {"version_draft", "version"},
    {"version_approved", "version name date"},
    {"review", "date"},
    {"fallback", "language"},
    {"made_for", "patient given_by? date? clinic?"},
    {"made_for_recipient", "patient recipient given_by? date? clinic?"},
    {"made_general", "given_by? date? clinic?"},
    {"your_heading", ""},
    {"symptom_name", "name"},
    {"symptom_name_side", "name side"},
    {"severity_now", "title now"},
    {"severity_then_now", "title now then date"},
    {"side_left", ""},
    {"side_right", ""},
    {"side_both", ""},
    {"side_midline", ""},
    {"nerve_path", "nerves region joints"},
    {"nerve_only", "nerves"},
    {"nerve_none", ""},
    {"bed_full", ""},
    {"bed_partial", ""},
    {"bed_adjacent", ""},
    {"bed_none", ""},
    {"region_neck", ""},
    {"region_back", ""},
    {"region_low", ""},
    {"two", "first last"},
    {"more", "first last"},
    {"next_finding", "first last"},
    {"run", "first last"},
    {"stiff", "joints"},
    {"joint", "joint motion"},
    {"joint_side", "joint side motion"},
    {"joint_sore", "joint"},
    {"motion_0", ""},
    {"motion_1", ""},
    {"motion_2", ""},
    {"motion_3", ""},
    {"motion_4", ""},
    {"motion_5", ""},
    {"motion_6", ""},
    {"stress", "score"},
    {"spine_caption", ""},
    {"spine_caption_stiff", ""},
    {"spine_alt", "marks"},
    {"mark_symptom", "number name joints"},
    {"mark_joint", "joints"},
    {"body_caption", ""},
    {"body_alt", "marks"},
    {"body_mark", "number name"},
    {"body_mark_side", "number name side"},
    {"author_says", ""},
    {"research_says", ""},
    {"for_you", ""},
    {"source", ""},
    {"proof", "evidence"},
    {"pinched_caption", ""},
    {"pinched_alt", ""},
    {"free_caption", ""},
    {"free_alt", ""},
    {"chain_caption", ""},
    {"chain_alt", ""},
    {"plan_heading", ""},
    {"plan_when", ""},
    {"plan_what", ""},
    {"plan_where", ""},
    {"bed_session", "minutes zones"},
    {"visit", ""},
    {"visit_with", "name"},
    {"zone_left_upper", ""},
    {"zone_left_mid", ""},
    {"zone_left_lower", ""},
    {"zone_right_upper", ""},
    {"zone_right_mid", ""},
    {"zone_right_lower", ""},
    {"check_in", "minutes"},
    {"contact_heading", ""},
    {"contact_phone", "clinic? phone"},
    {"contact_email", "email"},
    {"your_clinic", ""},
    {"contact_none", "clinic?"},
    {"qr_alt", ""},
    {"turn_over", ""},
    {"page", "page pages"},
    {"document", "date document"},
    {"date", "day month year"},
    {"date_short", "day month"},
    {"date_time", "weekday? day month time"},
    {"month_1", ""},
    {"month_2", ""},
    {"month_3", ""},
    {"month_4", ""},
    {"month_5", ""},
    {"month_6", ""},
    {"month_7", ""},
    {"month_8", ""},
    {"month_9", ""},
    {"month_10", ""},
    {"month_11", ""},
    {"month_12", ""},
    {"weekday_1", ""},
    {"weekday_2", ""},
    {"weekday_3", ""},
    {"weekday_4", ""},
    {"weekday_5", ""},
    {"weekday_6", ""},
    {"weekday_7", ""},
};

/// Takes the next name off a list.
std::string_view next_name(std::string_view& names) {
  const auto blank = std::min(names.find(' '), names.size());
  const auto name = names.substr(0, blank);
  names.remove_prefix(std::min(blank + 1, names.size()));
  return name;
}

bool uses(const Template& words, std::string_view gap) {
  return std::any_of(words.runs.begin(), words.runs.end(),
                     [&](const TemplateRun& run) { return run.placeholder == gap; });
}

bool allowed(std::string_view gaps, std::string_view name) {
  while (!gaps.empty()) {
    auto gap = next_name(gaps);
    if (gap.ends_with('?')) gap.remove_suffix(1);
    if (gap == name) return true;
  }
  return false;
}

}  // namespace

const std::array<SectionRule, 7> section_rules{{{"about.md", 4, true},
                                                {"bed.md", 6, true},
                                                {"choices.md", 6, true},
                                                {"footer.md", 2, false},
                                                {"urgent.md", 12, true},
                                                {"today.md", 12, true},
                                                {"soon.md", 12, true}}};

const std::array<KeyRule, 6> secret_rules{{{"author", ""},
                                           {"research", ""},
                                           {"relief", ""},
                                           {"prevention", ""},
                                           {"source", ""},
                                           {"grade", ""}}};

const std::array<KeyRule, 5> pack_rules{
    {{"name", ""}, {"version", ""}, {"dated", ""}, {"status", ""}, {"direction", ""}}};

std::span<const KeyRule> label_rules() {
  return labels;
}

int line_of(const Template& words) {
  return words.runs.empty() ? 1 : words.runs.front().line;
}

base::Status check_gaps(const Template& words, std::string_view gaps) {
  for (const auto& run : words.runs)
    if (!run.placeholder.empty() && !allowed(gaps, run.placeholder))
      return text_error(words.file, run.line, "unknown placeholder {" + run.placeholder + "}.");
  while (!gaps.empty()) {
    const auto gap = next_name(gaps);
    if (!gap.ends_with('?') && !uses(words, gap))
      return text_error(words.file, line_of(words), "{" + std::string(gap) + "} is missing.");
  }
  return {};
}

base::Status check_section(const TextFile& file, const SectionRule& rule) {
  if (rule.heading == file.heading.runs.empty())
    return text_error(file.name, 1, rule.heading ? "needs a heading." : "must not have a heading.");
  if (file.blocks.empty() || file.blocks.size() > rule.most_blocks)
    return text_error(file.name, 1,
                      "has " + std::to_string(file.blocks.size()) +
                          " paragraphs or items; needs 1 to " + std::to_string(rule.most_blocks) +
                          ".");
  if (auto ok = check_gaps(file.heading, section_gaps); !ok) return ok;
  for (const auto& block : file.blocks)
    if (auto ok = check_gaps(block, section_gaps); !ok) return ok;
  return {};
}

base::Status check_keys(const std::string& file, const Keyed& entries,
                        std::span<const KeyRule> rules) {
  for (const auto& [key, words] : entries) {
    const auto same = [&key = key](const KeyRule& rule) { return rule.key == key; };
    if (std::none_of(rules.begin(), rules.end(), same))
      return text_error(file, line_of(words), "`" + key + "` is not known here.");
  }
  for (const auto& rule : rules) {
    const auto found = entries.find(rule.key);
    if (found == entries.end())
      return text_error(file, 1, "`" + std::string(rule.key) + "` is missing.");
    if (auto ok = check_gaps(found->second, rule.gaps); !ok) return ok;
  }
  return {};
}

base::Result<Keyed> read_keys(const TextFile& file) {
  Keyed entries;
  for (const auto& block : file.blocks) {
    auto entry = split_key(block);
    if (!entry) return base::pass(entry);
    if (!entries.emplace(entry->first, std::move(entry->second)).second)
      return text_error(file.name, line_of(block), "`" + entry->first + "` is there twice.");
  }
  return entries;
}

}  // namespace facet::handouts
