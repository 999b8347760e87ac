// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/text_pack.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "handouts/texts/commonmark.h"
#include "handouts/texts/text_rules.h"
#include "knowledge/catalogue.h"

namespace facet::handouts {
namespace {

using Files = std::map<std::string, TextFile, std::less<>>;

constexpr std::array<std::string_view, 4> secret_files{"secret-1.md", "secret-2.md", "secret-3.md",
                                                       "secret-4.md"};
constexpr int review_years = 2;

bool is_english(std::string_view language) {
  return language == "en" || language.starts_with("en-");
}

bool belongs(std::string_view name) {
  for (const auto* keyed : {"pack.md", "labels.md", "nerves.md", "symptoms.md"})
    if (name == keyed) return true;
  if (std::find(secret_files.begin(), secret_files.end(), name) != secret_files.end()) return true;
  return std::any_of(section_rules.begin(), section_rules.end(),
                     [&](const SectionRule& rule) { return rule.name == name; });
}

base::Result<Files> read_files(const std::vector<TextSource>& sources) {
  Files files;
  for (const auto& source : sources) {
    if (!belongs(source.name)) return text_error(source.name, 1, "is not a text of a handout.");
    auto file = read_commonmark(source.name, source.text);
    if (!file) return base::pass(file);
    if (!files.emplace(source.name, std::move(*file)).second)
      return text_error(source.name, 1, "is there twice.");
  }
  return files;
}

const TextFile* find_file(const Files& files, std::string_view name) {
  const auto found = files.find(name);
  return found == files.end() ? nullptr : &found->second;
}

/// The entries of a keyed list that needs a heading, or must not have one.
base::Result<Keyed> keyed_file(const Files& files, std::string_view name, bool heading,
                               std::span<const KeyRule> rules) {
  const auto* file = find_file(files, name);
  if (!file) return text_error(std::string(name), 1, "is missing.");
  if (heading == file->heading.runs.empty())
    return text_error(file->name, 1, heading ? "needs a heading." : "must not have a heading.");
  if (auto ok = check_gaps(file->heading, ""); !ok) return base::pass(ok);
  auto entries = read_keys(*file);
  if (!entries) return base::pass(entries);
  if (auto ok = check_keys(file->name, *entries, rules); !ok) return base::pass(ok);
  return entries;
}

/// Names for ids of the catalogue: no other id and, where `complete`, all of them.
template <class Things>
base::Result<Keyed> catalogue_names(const TextFile& file, const Things& things, bool complete) {
  auto entries = read_keys(file);
  if (!entries) return base::pass(entries);
  for (const auto& [id, words] : *entries) {
    const auto same = [&id = id](const auto& thing) { return thing.id == id; };
    if (std::none_of(things.begin(), things.end(), same))
      return text_error(file.name, line_of(words), "`" + id + "` is not in the catalogue.");
    if (auto ok = check_gaps(words, ""); !ok) return base::pass(ok);
  }
  for (const auto& thing : things)
    if (complete && !entries->contains(thing.id))
      return text_error(file.name, 1, "`" + thing.id + "` is missing.");
  return entries;
}

std::string words_of(const Template& words) {
  std::string text;
  for (const auto& run : words.runs) text += run.text;
  return text;
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value < 0) return std::nullopt;
  return value;
}

/// "2026-11-22".
std::optional<std::chrono::year_month_day> read_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

/// "approved by Ann Smith on 2026-11-22".
std::optional<Approval> read_approval(std::string_view status) {
  constexpr std::string_view before = "approved by ";
  constexpr std::string_view between = " on ";
  const auto at = status.rfind(between);
  if (!status.starts_with(before) || at == std::string_view::npos || at <= before.size())
    return std::nullopt;
  const auto name = status.substr(before.size(), at - before.size());
  const auto on = read_date(status.substr(at + between.size()));
  if (!on || name.find_first_not_of(' ') == std::string_view::npos) return std::nullopt;
  return Approval{std::string(name), *on};
}

}  // namespace

base::Status TextPack::read_about_pack(const Keyed& entries) {
  const auto wrong = [&](std::string_view key, std::string what) -> base::Status {
    return text_error("pack.md", line_of(entries.find(key)->second), std::move(what));
  };
  const auto value = [&](std::string_view key) { return words_of(entries.find(key)->second); };
  name_ = value("name");
  version_ = value("version");
  const auto dated = read_date(value("dated"));
  if (!dated) return wrong("dated", "needs a date such as 2026-11-22.");
  dated_ = *dated;
  const auto status = value("status");
  approval_ = read_approval(status);
  if (!approval_ && status != "draft")
    return wrong("status", "must be draft, or approved by NAME on YYYY-MM-DD.");
  const auto direction = value("direction");
  if (direction != "ltr" && direction != "rtl") return wrong("direction", "must be ltr or rtl.");
  right_to_left_ = direction == "rtl";
  return {};
}

base::Status TextPack::read_names(const TextFile* nerves, const TextFile* symptoms) {
  const auto& known = knowledge::catalogue();
  if (!nerves) return text_error("nerves.md", 1, "is missing.");
  auto nerve_names = catalogue_names(*nerves, known.nerves(), true);
  if (!nerve_names) return base::pass(nerve_names);
  nerves_ = std::move(*nerve_names);
  const bool english = is_english(language_);
  if (!symptoms) return english ? base::Status() : text_error("symptoms.md", 1, "is missing.");
  auto symptom_names = catalogue_names(*symptoms, known.symptoms(), !english);
  if (!symptom_names) return base::pass(symptom_names);
  symptoms_ = std::move(*symptom_names);
  return {};
}

base::Result<TextPack> TextPack::parse(std::string language,
                                       const std::vector<TextSource>& sources) {
  TextPack pack;
  pack.language_ = std::move(language);
  auto files = read_files(sources);
  if (!files) return base::pass(files);
  auto about = keyed_file(*files, "pack.md", false, pack_rules);
  if (!about) return base::pass(about);
  if (auto ok = pack.read_about_pack(*about); !ok) return base::pass(ok);
  auto labels = keyed_file(*files, "labels.md", false, label_rules());
  if (!labels) return base::pass(labels);
  pack.labels_ = std::move(*labels);
  for (std::size_t i = 0; i < secret_files.size(); ++i) {
    auto words = keyed_file(*files, secret_files[i], true, secret_rules);
    if (!words) return base::pass(words);
    pack.secrets_[i] = {find_file(*files, secret_files[i])->heading, std::move(*words)};
  }
  for (const auto& rule : section_rules) {
    const auto* file = find_file(*files, rule.name);
    if (!file) return text_error(std::string(rule.name), 1, "is missing.");
    if (auto ok = check_section(*file, rule); !ok) return base::pass(ok);
    pack.files_.emplace(file->name, *file);
  }
  if (auto ok = pack.read_names(find_file(*files, "nerves.md"), find_file(*files, "symptoms.md"));
      !ok)
    return base::pass(ok);
  return pack;
}

std::chrono::year_month_day TextPack::review_by() const {
  const auto date = dated_ + std::chrono::years{review_years};
  return date.ok() ? date : date.year() / date.month() / std::chrono::last;
}

const TextFile& TextPack::file(std::string_view name) const {
  return files_.find(name)->second;
}

const Template& TextPack::label(std::string_view key) const {
  return labels_.find(key)->second;
}

const Template& TextPack::secret_heading(int number) const {
  return secrets_.at(static_cast<std::size_t>(number - 1)).heading;
}

const Template& TextPack::secret(int number, std::string_view key) const {
  return secrets_.at(static_cast<std::size_t>(number - 1)).words.find(key)->second;
}

const Template* TextPack::nerve(std::string_view id) const {
  const auto found = nerves_.find(id);
  return found == nerves_.end() ? nullptr : &found->second;
}

const Template* TextPack::symptom(std::string_view id) const {
  const auto found = symptoms_.find(id);
  return found == symptoms_.end() ? nullptr : &found->second;
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
