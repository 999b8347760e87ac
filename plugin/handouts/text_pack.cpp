// SPDX-License-Identifier: MPL-2.0
#include "handouts/text_pack.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "handout_texts_files.h"
#include "handouts/commonmark.h"

namespace facet::handouts {
namespace {

/// A text that must be there: how many blocks it has and which gaps it may have.
struct Required {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  bool heading;
};
constexpr std::array<Required, 11> required_files{{{"about.md", 1, 4, true},
                                                   {"secret-1.md", 5, 5, true},
                                                   {"secret-2.md", 5, 5, true},
                                                   {"secret-3.md", 5, 5, true},
                                                   {"secret-4.md", 5, 5, true},
                                                   {"bed.md", 1, 6, true},
                                                   {"choices.md", 1, 6, true},
                                                   {"footer.md", 1, 2, false},
                                                   {"urgent.md", 1, 12, true},
                                                   {"today.md", 1, 12, true},
                                                   {"soon.md", 1, 12, true}}};
constexpr std::string_view page_gaps = "clinic date document given_by";

struct Label {
  std::string_view key;
  std::string_view gaps;  // names that it may use, separated by blanks
};
constexpr Label label_list[] = {
    {"title", ""},
    {"text_version", ""},
    {"made_for", "patient given_by date clinic"},
    {"made_general", "given_by date clinic"},
    {"your_heading", ""},
    {"symptom", "name severity"},
    {"symptom_side", "name side severity"},
    {"symptom_unscored", "name"},
    {"symptom_side_unscored", "name side"},
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
    {"author_says", ""},
    {"research_says", ""},
    {"for_you", ""},
    {"source", "source"},
    {"proof", "evidence"},
    {"pinched_caption", ""},
    {"pinched_alt", ""},
    {"free_caption", ""},
    {"free_alt", ""},
    {"page", "page pages"},
    {"document", "date document"},
    {"date", "day month year"},
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
};

bool listed(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const auto blank = std::min(names.find(' '), names.size());
    if (names.substr(0, blank) == name) return true;
    names.remove_prefix(std::min(blank + 1, names.size()));
  }
  return false;
}

base::Status check_gaps(const Template& words, std::string_view allowed) {
  for (const auto& run : words.runs)
    if (!run.placeholder.empty() && !listed(allowed, run.placeholder))
      return text_error(words.file, run.line, "unknown placeholder {" + run.placeholder + "}.");
  return {};
}

base::Status check_file(const TextFile& file, const Required& rule) {
  if (rule.heading == file.heading.runs.empty())
    return text_error(file.name, 1, rule.heading ? "needs a heading." : "must not have a heading.");
  if (file.blocks.size() < rule.least || file.blocks.size() > rule.most)
    return text_error(file.name, 1,
                      "has " + std::to_string(file.blocks.size()) + " paragraphs or items; needs " +
                          std::to_string(rule.least) + " to " + std::to_string(rule.most) + ".");
  if (auto ok = check_gaps(file.heading, page_gaps); !ok) return ok;
  for (const auto& block : file.blocks)
    if (auto ok = check_gaps(block, page_gaps); !ok) return ok;
  return {};
}

base::Result<std::map<std::string, Template, std::less<>>> keyed(const TextFile& file) {
  std::map<std::string, Template, std::less<>> entries;
  for (const auto& block : file.blocks) {
    auto entry = split_key(block);
    if (!entry) return base::pass(entry);
    const int line = block.runs.front().line;
    if (!entries.emplace(entry->first, std::move(entry->second)).second)
      return text_error(file.name, line, "`" + entry->first + "` is there twice.");
  }
  return entries;
}

base::Status check_labels(const std::map<std::string, Template, std::less<>>& labels) {
  for (const auto& label : label_list) {
    const auto found = labels.find(label.key);
    if (found == labels.end())
      return text_error("labels.md", 1, "`" + std::string(label.key) + "` is missing.");
    if (auto ok = check_gaps(found->second, label.gaps); !ok) return ok;
  }
  for (const auto& [key, words] : labels) {
    const auto same = [&key = key](const Label& label) { return label.key == key; };
    if (std::none_of(std::begin(label_list), std::end(label_list), same))
      return text_error("labels.md", words.runs.front().line, "`" + key + "` is not a label.");
  }
  return {};
}

base::Result<TextPack> read_built_in(std::string_view language) {
  std::vector<TextSource> sources;
  const std::string folder = std::string(language) + "/";
  for (const auto& file : handout_texts::files) {
    const std::string_view name = file.name;
    if (name.starts_with(folder))
      sources.push_back({std::string(name.substr(folder.size())), std::string(file.text())});
  }
  if (sources.empty())
    return base::fail(base::ErrorCode::unsupported, "language",
                      "No handout texts in that language.");
  return TextPack::parse(std::string(language), sources);
}

}  // namespace

base::Result<TextPack> TextPack::parse(std::string language,
                                       const std::vector<TextSource>& sources) {
  TextPack pack;
  pack.language_ = std::move(language);
  std::optional<TextFile> labels;
  std::optional<TextFile> nerves;
  for (const auto& source : sources) {
    auto file = read_commonmark(source.name, source.text);
    if (!file) return base::pass(file);
    if (source.name == "labels.md") {
      labels = std::move(*file);
    } else if (source.name == "nerves.md") {
      nerves = std::move(*file);
    } else {
      pack.files_.insert_or_assign(source.name, std::move(*file));
    }
  }
  if (!labels) return text_error("labels.md", 1, "is missing.");
  if (!nerves) return text_error("nerves.md", 1, "is missing.");
  for (const auto& rule : required_files) {
    const auto found = pack.files_.find(rule.name);
    if (found == pack.files_.end()) return text_error(std::string(rule.name), 1, "is missing.");
    if (auto ok = check_file(found->second, rule); !ok) return base::pass(ok);
  }
  auto read_labels = keyed(*labels);
  if (!read_labels) return base::pass(read_labels);
  if (auto ok = check_labels(*read_labels); !ok) return base::pass(ok);
  auto read_nerves = keyed(*nerves);
  if (!read_nerves) return base::pass(read_nerves);
  for (const auto& [id, words] : *read_nerves)
    if (auto ok = check_gaps(words, ""); !ok) return base::pass(ok);
  pack.labels_ = std::move(*read_labels);
  pack.nerves_ = std::move(*read_nerves);
  return pack;
}

const TextFile& TextPack::file(std::string_view name) const {
  return files_.find(name)->second;
}

const Template& TextPack::label(std::string_view key) const {
  return labels_.find(key)->second;
}

const Template* TextPack::nerve(std::string_view id) const {
  const auto found = nerves_.find(id);
  return found == nerves_.end() ? nullptr : &found->second;
}

base::Result<const TextPack*> built_in_texts(std::string_view language) {
  static const base::Result<TextPack> english = read_built_in("en-GB");
  if (language != "en-GB")
    return base::fail(base::ErrorCode::unsupported, "language",
                      "Handouts are there in en-GB only.");
  if (!english) return tl::unexpected<base::Error>(english.error());
  return &*english;
}

base::Result<Paragraph> fill(const Template& words, const Values& values) {
  Paragraph paragraph;
  for (const auto& run : words.runs) {
    std::string text = run.text;
    if (!run.placeholder.empty()) {
      const auto value = values.find(run.placeholder);
      if (value == values.end())
        return text_error(words.file, run.line,
                          "placeholder {" + run.placeholder + "} has no value.");
      text = value->second;
    }
    if (!paragraph.empty() && paragraph.back().strong == run.strong)
      paragraph.back().text += text;
    else
      paragraph.push_back({std::move(text), run.strong});
  }
  return paragraph;
}

std::string plain(const Paragraph& paragraph) {
  std::string text;
  for (const auto& span : paragraph) text += span.text;
  return text;
}

}  // namespace facet::handouts
