// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/commonmark.h"

#include <cmark.h>
#include <glib.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace facet::handouts {
namespace {

/// Marks a `key` run until split_key takes it off; cannot occur in a text.
constexpr char key_mark = '\x01';

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

bool name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// CommonMark leaves a mark as it is where it opens or closes nothing: "**{name}**님".
bool stray_mark(std::string_view text) {
  return text.find_first_of("*`") != std::string_view::npos;
}

/// Appends literal text, cut at its {placeholders}.
base::Status append_text(Template& words, std::string_view text, bool strong, int line) {
  if (stray_mark(text))
    return text_error(words.file, line,
                      "a * or ` that marks nothing; bold needs blanks around it.");
  while (!text.empty()) {
    const auto brace = std::min(text.find_first_of("{}"), text.size());
    if (brace > 0) words.runs.push_back({std::string(text.substr(0, brace)), "", strong, line});
    text.remove_prefix(brace);
    if (text.empty()) break;
    const auto end = text.find('}');
    const auto name = end == std::string_view::npos ? "" : text.substr(1, end - 1);
    if (text.front() != '{' || name.empty() ||
        !std::all_of(name.begin(), name.end(), name_character))
      return text_error(words.file, line, "a brace that is not part of a {placeholder}.");
    words.runs.push_back({"", std::string(name), strong, line});
    text.remove_prefix(end + 1);
  }
  return {};
}

base::Status read_inlines(cmark_node* parent, Template& words, bool strong, int& line) {
  std::string text;  // cmark cuts a text at every possible mark, a brace too
  for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
    const auto type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) {
      text += cmark_node_get_literal(node);
      continue;
    }
    if (auto ok = append_text(words, text, strong, line); !ok) return ok;
    text.clear();
    if (type == CMARK_NODE_SOFTBREAK) {
      words.runs.push_back({" ", "", strong, line++});
    } else if (type == CMARK_NODE_STRONG) {
      if (auto ok = read_inlines(node, words, true, line); !ok) return ok;
    } else if (type == CMARK_NODE_CODE && words.runs.empty()) {
      words.runs.push_back({key_mark + std::string(cmark_node_get_literal(node)), "", false, line});
    } else {
      return text_error(
          words.file, line,
          std::string("print cannot show a ") + cmark_node_get_type_string(node) + ".");
    }
  }
  return append_text(words, text, strong, line);
}

base::Result<Template> read_words(const std::string& file, cmark_node* node) {
  Template words{file, {}};
  int line = cmark_node_get_start_line(node);
  if (auto ok = read_inlines(node, words, false, line); !ok) return base::pass(ok);
  return words;
}

base::Status read_list(TextFile& file, cmark_node* list) {
  for (auto* item = cmark_node_first_child(list); item; item = cmark_node_next(item)) {
    auto* paragraph = cmark_node_first_child(item);
    if (!paragraph || cmark_node_next(paragraph) ||
        cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
      return text_error(file.name, cmark_node_get_start_line(item),
                        "a list item must be one paragraph.");
    auto words = read_words(file.name, paragraph);
    if (!words) return base::pass(words);
    file.blocks.push_back(std::move(*words));
  }
  return {};
}

base::Status read_block(TextFile& file, cmark_node* node) {
  const auto type = cmark_node_get_type(node);
  const int line = cmark_node_get_start_line(node);
  if (type == CMARK_NODE_LIST) return read_list(file, node);
  if (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING)
    return text_error(file.name, line,
                      std::string("print cannot show a ") + cmark_node_get_type_string(node) + ".");
  auto words = read_words(file.name, node);
  if (!words) return base::pass(words);
  if (type == CMARK_NODE_PARAGRAPH) {
    file.blocks.push_back(std::move(*words));
    return {};
  }
  if (!file.heading.runs.empty() || !file.blocks.empty() || cmark_node_get_heading_level(node) != 1)
    return text_error(file.name, line, "only one heading, at the top, with one #.");
  file.heading = std::move(*words);
  return {};
}

/// The line of the first byte that is not text.
int first_bad_line(const std::string& text) {
  const char* end = nullptr;
  const auto size = static_cast<gssize>(text.size());
  std::size_t bad = text.size();
  if (!g_utf8_validate(text.data(), size, &end)) bad = static_cast<std::size_t>(end - text.data());
  for (std::size_t i = 0; i < bad; ++i)
    if (static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\n') bad = i;
  if (bad == text.size()) return 0;
  return 1 +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(bad), '\n'));
}

}  // namespace

tl::unexpected<base::Error> text_error(const std::string& file, int line, std::string what) {
  const std::string place = file + ":" + std::to_string(line);
  return base::invalid(place, place + ": " + what);
}

base::Result<TextFile> read_commonmark(const std::string& name, const std::string& text) {
  if (text.size() > longest_text) return text_error(name, 1, "is over 64 KB.");
  if (const int line = first_bad_line(text); line > 0)
    return text_error(name, line, "is not plain UTF-8 text.");
  const std::unique_ptr<cmark_node, FreeNode> document(
      cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT));
  TextFile file{name, {name, {}}, {}};
  for (auto* node = cmark_node_first_child(document.get()); node; node = cmark_node_next(node))
    if (auto ok = read_block(file, node); !ok) return base::pass(ok);
  return file;
}

base::Result<std::pair<std::string, Template>> split_key(const Template& item) {
  const int line = item.runs.empty() ? 1 : item.runs.front().line;
  Template words = item;
  if (words.runs.size() < 2 || words.runs[0].text.empty() || words.runs[0].text[0] != key_mark ||
      !words.runs[1].text.starts_with(": "))
    return text_error(item.file, line, "must read `key`: words.");
  std::string key = words.runs[0].text.substr(1);
  words.runs.erase(words.runs.begin());
  words.runs[0].text.erase(0, 2);
  if (words.runs[0].text.empty() && words.runs.size() > 1) words.runs.erase(words.runs.begin());
  return std::pair{std::move(key), std::move(words)};
}

}  // namespace facet::handouts
