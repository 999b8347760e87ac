// SPDX-License-Identifier: MPL-2.0
// The two-page handout against the same words drawn by bare Pango and Cairo: no layout of blocks,
// no tags, no pictures, no repair, nothing kept from one document to the next.
#include <benchmark/benchmark.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <string>
#include <vector>

#include "handouts/handout_pdf.h"
#include "unit/handouts/sample.h"

namespace {

using namespace facet::handouts;

HandoutModel sample() { return build_handout(test::personal_sheet()).value(); }

struct Words {
  std::string text;
  double size;
  bool bold;
};

void add(std::vector<Words>& words, const Section& section) {
  words.push_back({section.heading, 15, true});
  for (const auto& paragraph : section.paragraphs) words.push_back({plain(paragraph), 12, false});
}

std::vector<Words> words_of(const HandoutModel& model) {
  std::vector<Words> words{
      {model.clinic, 13, true}, {model.title, 27, true}, {plain(model.made_for), 12, false}};
  add(words, model.about);
  words.push_back({model.your_heading, 15, true});
  for (const auto& symptom : model.symptoms) {
    words.push_back({symptom.title, 12, true});
    words.push_back({symptom.nerve_path, 12, false});
    words.push_back({symptom.bed, 12, false});
  }
  for (const auto& finding : model.findings) words.push_back({plain(finding), 12, false});
  for (const auto* section : {&model.urgent, &model.today, &model.soon, &model.bed})
    add(words, *section);
  for (const auto& secret : model.secrets) {
    words.push_back({secret.heading, 13.5, true});
    words.push_back({secret.proof, 10, true});
    for (const auto* paragraph : {&secret.author_says, &secret.research_says, &secret.for_you})
      words.push_back({plain(*paragraph), 12, false});
    words.push_back({secret.source, 10, false});
  }
  add(words, model.choices);
  for (const auto& paragraph : model.closing.paragraphs)
    words.push_back({plain(paragraph), 12, true});
  for (int page = 0; page < 2; ++page) words.push_back({model.document_line, 9, false});
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

void handout_facet(benchmark::State& state) {
  const auto model = sample();
  benchmark::DoNotOptimize(render_pdf(model));
  for (auto _ : state) {
    auto pdf = render_pdf(model);
    if (!pdf) state.SkipWithError(pdf.error().message.c_str());
    benchmark::DoNotOptimize(pdf);
  }
}

void handout_bare(benchmark::State& state) {
  const auto words = words_of(sample());
  benchmark::DoNotOptimize(draw_bare(words));
  for (auto _ : state) benchmark::DoNotOptimize(draw_bare(words));
  state.SetLabel("the same words drawn by bare Pango and Cairo, untagged");
}

BENCHMARK(handout_facet)->Name("handout/facet")->Unit(benchmark::kMillisecond);
BENCHMARK(handout_bare)->Name("handout/bare")->Unit(benchmark::kMillisecond);

}  // namespace
