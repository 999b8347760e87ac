// SPDX-License-Identifier: MPL-2.0
// The two-page handout against the same words drawn by bare Pango and Cairo: no layout of blocks,
// no tags, no pictures, no repair, nothing kept from one document to the next.
#include <benchmark/benchmark.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <string>
#include <vector>

#include "handouts/print/handout_pdf.h"
#include "unit/handouts/sample.h"
#include "unit/handouts/ua_check.h"

namespace {

using namespace facet::handouts;

struct Words {
  std::string text;
  double size;
  bool bold;
};

HandoutModel sample(const char* language) {
  auto input = test::personal_sheet();
  input.language = language;
  return build_handout(input).value();
}

/// Every word that our own document says, by its tags.
std::vector<Words> words_of(const HandoutModel& model, const PrintFormat& format) {
  const double scale = format.text_size == TextSize::large ? 1.5 : 1;
  std::vector<Words> words;
  for (const auto& said : test::check_ua(render_pdf(model, format).value()).texts) {
    if (said.type == "Figure") continue;
    const bool title = said.path.find("H1") != std::string::npos;
    const bool heading = said.path.find("H2") != std::string::npos;
    words.push_back({said.text, (title ? 27 : heading ? 15 : 12) * scale, title || heading});
  }
  for (int page = 0; page < 2; ++page) words.push_back({model.document_line, 10, false});
  return words;
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

std::string draw_bare(const std::vector<Words>& words) {
  constexpr double margin = 42.5, width = 510, height = 842;
  std::string bytes;
  auto* surface = cairo_pdf_surface_create_for_stream(append, &bytes, 595, height);
  auto* cairo = cairo_create(surface);
  double y = margin;
  for (const auto& entry : words) {
    auto* layout = pango_cairo_create_layout(cairo);
    pango_cairo_context_set_resolution(pango_layout_get_context(layout), 72);
    auto* font = pango_font_description_from_string(entry.bold ? "Noto Sans Bold" : "Noto Sans");
    pango_font_description_set_absolute_size(font, entry.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, pango_units_from_double(width));
    pango_layout_set_text(layout, entry.text.c_str(), -1);
    PangoRectangle extents;
    pango_layout_get_extents(layout, nullptr, &extents);
    const double tall = pango_units_to_double(extents.height);
    if (y + tall > height - margin) {
      cairo_show_page(cairo);
      y = margin;
    }
    cairo_move_to(cairo, margin, y);
    pango_cairo_show_layout(cairo, layout);
    y += tall;
    pango_font_description_free(font);
    g_object_unref(layout);
  }
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
  return bytes;
}

void handout_facet(benchmark::State& state, const char* language, PrintFormat format) {
  const auto model = sample(language);
  benchmark::DoNotOptimize(render_pdf(model, format));
  for (auto _ : state) {
    auto pdf = render_pdf(model, format);
    if (!pdf) state.SkipWithError(pdf.error().message.c_str());
    benchmark::DoNotOptimize(pdf);
  }
}

void handout_bare(benchmark::State& state, const char* language, PrintFormat format) {
  const auto words = words_of(sample(language), format);
  benchmark::DoNotOptimize(draw_bare(words));
  for (auto _ : state) benchmark::DoNotOptimize(draw_bare(words));
  state.SetLabel("the same words drawn by bare Pango and Cairo, untagged");
}

void pair(const std::string& topic, const char* language, PrintFormat format = {}) {
  benchmark::RegisterBenchmark((topic + "/facet").c_str(), handout_facet, language, format)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark((topic + "/bare").c_str(), handout_bare, language, format)
      ->Unit(benchmark::kMillisecond);
}

const bool registered = [] {
  pair("handout", "en-GB");
  pair("handout_large", "en-GB", {Paper::a4, TextSize::large});
  pair("handout_korean", "ko");
  pair("handout_arabic", "ar");
  return true;
}();

}  // namespace
