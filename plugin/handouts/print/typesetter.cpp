// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/typesetter.h"

#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <iterator>
#include <map>

#include "handouts/print/font_gate.h"

namespace facet::handouts {
namespace {

constexpr std::size_t most_kept = 512;

struct FreeAttributes {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t start, std::size_t end) {
  attribute->start_index = static_cast<guint>(start);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

/// Keeps "C5-C6" on one line.
void hold_joint_names(PangoAttrList* list, const std::string& text) {
  const auto word = [&](std::size_t i) {
    return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i])) != 0;
  };
  for (auto hyphen = text.find('-'); hyphen != std::string::npos;
       hyphen = text.find('-', hyphen + 1)) {
    std::size_t start = hyphen;
    std::size_t end = hyphen + 1;
    while (start > 0 && word(start - 1)) --start;
    while (word(end)) ++end;
    if (hyphen - start >= 2 && end - hyphen >= 3 &&
        std::isdigit(static_cast<unsigned char>(text[end - 1])))
      add(list, pango_attr_allow_breaks_new(FALSE), start, end);
  }
}

/// Keeps words whole where a line might else break after any letter: Korean is read by words. Not a
/// word that may be wider than a line.
void hold_words(PangoAttrList* list, const std::string& text) {
  constexpr std::size_t longest = 48;  // bytes
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find(' ', start), text.size());
    if (end > start && end - start <= longest)
      add(list, pango_attr_allow_breaks_new(FALSE), start, end);
    start = end + 1;
  }
}

/// No font has Unicode's isolates: as empty shapes they keep Pango from looking for one, and from
/// opening the fonts with which it would draw an unknown letter.
void hide_isolates(PangoAttrList* list, const std::string& text) {
  constexpr std::size_t size = 3;  // U+2066 to U+2069 in UTF-8
  const PangoRectangle nothing{0, 0, 0, 0};
  for (auto at = text.find("\xe2\x81"); at != std::string::npos;
       at = text.find("\xe2\x81", at + size))
    if (at + 2 < text.size() && text[at + 2] >= '\xa6' && text[at + 2] <= '\xa9')
      add(list, pango_attr_shape_new(&nothing, &nothing), at, at + size);
}

std::string key_of(const Paragraph& words, const Style& style, double width) {
  char numbers[96];
  std::snprintf(numbers, sizeof numbers, "%g/%g/%d%d/%g/", style.size, style.leading, style.bold,
                style.centred, width);
  std::string key = numbers;
  for (const auto& span : words) key += (span.strong ? '\x01' : '\x02') + span.text;
  return key;
}

/// The first family that has a letter gives its shape. NanumBarunGothic is small and has TrueType
/// outlines; Noto's CJK, which has every Hanja too, takes 20 ms and 50 MB to make a subset of.
constexpr const char* families[] = {"Noto Sans", "Noto Sans Arabic", "NanumBarunGothic",
                                    "Noto Sans CJK KR"};

/// Asks for our families first, whatever Pango asks for: to measure a line it asks for one font and
/// a sample of the language, and would open two more fonts for it (font_gate.h).
void prefer_families(FcPattern* pattern, gpointer) {
  for (auto family = std::rbegin(families); family != std::rend(families); ++family) {
    FcValue value;
    value.type = FcTypeString;
    value.u.s = reinterpret_cast<const FcChar8*>(*family);
    FcPatternAdd(pattern, FC_FAMILY, value, FcFalse);
  }
}

PangoFontMap* make_font_map() {
  auto* fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(fonts), prefer_families, nullptr,
                                           nullptr);
  return fonts;
}

/// Of Noto Sans, as a part of its size. A line keeps its place whatever fonts it mixes.
constexpr double ascent = 1.069;
constexpr double descent = 0.293;

PangoAlignment alignment_of(const Style& style, bool right_to_left) {
  if (style.centred) return PANGO_ALIGN_CENTER;
  return right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

}  // namespace

TextBox Typesetter::set(const Paragraph& words, const Style& style, double width) const {
  TextBox box;
  box.style = style;
  box.width = width;
  box.layout = Shared<PangoLayout>(pango_layout_new(context_.get()), Unref<PangoLayout>());
  auto* layout = box.layout.get();
  const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), families[0]);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_width(layout, pango_units_from_double(width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_alignment(layout, alignment_of(style, right_to_left_));
  const std::unique_ptr<PangoAttrList, FreeAttributes> attributes(pango_attr_list_new());
  std::string text;
  for (const auto& span : words) {
    if (span.strong)
      add(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), text.size(),
          text.size() + span.text.size());
    text += span.text;
  }
  FontGate::admit(text);
  add(attributes.get(), pango_attr_insert_hyphens_new(FALSE), 0, text.size());
  hide_isolates(attributes.get(), text);
  whole_words_ ? hold_words(attributes.get(), text) : hold_joint_names(attributes.get(), text);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_attributes(layout, attributes.get());
  box.lines = pango_layout_get_line_count(layout);
  box.baseline = (style.leading + (ascent - descent) * style.size) / 2;
  return box;
}

Typesetter& Typesetter::of_this_thread(const std::string& language, bool right_to_left) {
  thread_local const std::unique_ptr<PangoFontMap, Unref<PangoFontMap>> fonts(make_font_map());
  thread_local std::map<std::string, Typesetter> languages;
  return languages.try_emplace(language, fonts.get(), language, right_to_left).first->second;
}

Typesetter::Typesetter(PangoFontMap* fonts, const std::string& language, bool right_to_left)
    : right_to_left_(right_to_left),
      whole_words_(language.starts_with("ko")),
      context_(pango_font_map_create_context(fonts)) {
  pango_cairo_context_set_resolution(context_.get(), 72);
  pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
  pango_context_set_base_dir(context_.get(),
                             right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
}

TextBox Typesetter::personal(const Paragraph& words, const Style& style, double width) {
  if (!keeps_own_) return set(words, style, width);
  auto& kept = own_[key_of(words, style, width)];
  if (!kept.layout) kept = set(words, style, width);
  TextBox box = kept;
  box.style = style;
  return box;
}

TextBox Typesetter::fixed(const Paragraph& words, const Style& style, double width) {
  const auto key = key_of(words, style, width);
  auto found = kept_.find(key);
  if (found == kept_.end()) {
    if (kept_.size() >= most_kept) kept_.clear();
    found = kept_.emplace(key, set(words, style, width)).first;
  }
  TextBox box = found->second;
  box.style = style;
  return box;
}

}  // namespace facet::handouts
