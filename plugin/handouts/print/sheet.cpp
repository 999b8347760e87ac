// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/sheet.h"

#include <algorithm>
#include <utility>

namespace facet::handouts {
namespace {

/// Draws runs in the order in which they are read, which is not from left to right where scripts
/// are mixed: the order of drawing is the order in which a document is read out.
void draw_line(cairo_t* cairo, const char* text, PangoLayoutLine* line, double x, double y) {
  std::vector<std::pair<PangoGlyphItem*, int>> runs;
  int at = 0;
  for (auto* node = line->runs; node; node = node->next) {
    auto* run = static_cast<PangoGlyphItem*>(node->data);
    runs.emplace_back(run, at + run->start_x_offset);
    at += run->start_x_offset + pango_glyph_string_get_width(run->glyphs) + run->end_x_offset;
  }
  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
    return a.first->item->offset < b.first->item->offset;
  });
  for (const auto& [run, offset] : runs) {
    cairo_move_to(cairo, x + pango_units_to_double(offset), y);
    pango_cairo_show_glyph_item(cairo, text, run);
  }
}

void draw_lines(cairo_t* cairo, const TextBox& words, double x, double top, int from, int to) {
  const auto& color = words.style.color;
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
  auto* layout = words.layout.get();
  PangoLayoutIter* iter = pango_layout_get_iter(layout);
  for (int line = 0; line < to; ++line, pango_layout_iter_next_line(iter)) {
    if (line < from) continue;
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    draw_line(cairo, pango_layout_get_text(layout), pango_layout_iter_get_line_readonly(iter),
              x + pango_units_to_double(logical.x),
              top + words.baseline + (line - from) * words.style.leading);
  }
  pango_layout_iter_free(iter);
}

}  // namespace

Sheet::Sheet(const PageShape& shape) : y(shape.margin), shape_(shape), pages_(1) {}

void Sheet::turn() {
  pages_.emplace_back();
  y = top();
}

void Sheet::keep(double height) {
  if (room() < height && y > top() && height <= bottom() - top()) turn();
}

void Sheet::begin(const char* tag) {
  open_.push_back({tag, false});
}

void Sheet::begin_list(bool numbered) {
  numbered_lists_.push_back(numbered);
  begin("L");
}

void Sheet::end() {
  const OpenTag tag = open_.back();
  open_.pop_back();
  if (tag.written)
    pages_.back().content.push_back([name = tag.name](cairo_t* c) { cairo_tag_end(c, name); });
}

void Sheet::place(Draw draw) {
  for (auto& tag : open_) {
    if (!tag.written)
      pages_.back().content.push_back(
          [name = tag.name](cairo_t* c) { cairo_tag_begin(c, name, nullptr); });
    tag.written = true;
  }
  pages_.back().content.push_back(std::move(draw));
}

void Sheet::lines(const TextBox& words, double x, double top, int from, int to) {
  place([words, at = turned(x, words.width), top, from, to](cairo_t* c) {
    draw_lines(c, words, at, top, from, to);
  });
}

void Sheet::text(const char* tag, const TextBox& words, double x, double top) {
  begin(tag);
  lines(words, x, top, 0, words.lines);
  end();
}

void Sheet::flow(const char* tag, const TextBox& words, double x) {
  const double leading = words.style.leading;
  if (room() >= words.height()) {
    text(tag, words, x, y);
    y += words.height();
    return;
  }
  begin(tag);
  for (int from = 0; from < words.lines;) {
    const int left = words.lines - from;
    int take = std::min(left, static_cast<int>(room() / leading));
    if (left - take == 1) --take;
    if (take < std::min(left, 2) && y > top()) {
      turn();
      continue;
    }
    take = std::max(take, 1);
    begin("Span");
    lines(words, x, y, from, from + take);
    end();
    from += take;
    y += take * leading;
  }
  end();
}

void Sheet::ornament(Draw draw) {
  if (!shape_.mirrored) return pages_.back().ornaments.push_back(std::move(draw));
  pages_.back().ornaments.push_back([draw = std::move(draw), width = shape_.width](cairo_t* c) {
    cairo_save(c);
    cairo_translate(c, width, 0);
    cairo_scale(c, -1, 1);
    draw(c);
    cairo_restore(c);
  });
}

void Sheet::figure(const std::string& alt, const Box& box, DrawIn draw) {
  const Box at{turned(box.x, box.width), box.y, box.width, box.height};
  figures_.push_back({alt, at, {}});
  begin("Figure");
  place([draw = std::move(draw), at](cairo_t* c) { draw(c, at); });
  end();
}

void Sheet::figure(const std::string& alt, const Box& box, StampedPicture picture) {
  figure(alt, box, std::move(picture.draw));
  auto& note = figures_.back();
  note.stamps = std::move(picture.stamps);
  for (auto& [stamp, at] : note.stamps) at.x += note.bounds.x, at.y += note.bounds.y;
}

void Sheet::draw(cairo_t* cairo, cairo_surface_t* surface,
                 const std::function<void(cairo_t*, int, int)>& furniture) const {
  cairo_tag_begin(cairo, "Document", nullptr);
  for (int number = 1; number <= page(); ++number) {
    const auto& page = pages_[static_cast<std::size_t>(number - 1)];
    cairo_tag_begin(cairo, "Private", nullptr);
    for (const auto& ornament : page.ornaments) ornament(cairo);
    furniture(cairo, number, this->page());
    cairo_tag_end(cairo, "Private");
    for (const auto& content : page.content) content(cairo);
    if (number == this->page()) cairo_tag_end(cairo, "Document");
    cairo_surface_show_page(surface);
  }
}

}  // namespace facet::handouts
