// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/ideas_part.h"

#include <algorithm>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/pictures/pictures.h"
#include "handouts/pictures/stamp.h"

namespace facet::handouts {
namespace {

struct Illustration {
  const Picture* words = nullptr;
  const Stamp* stamp = nullptr;
};

/// The size at which these pictures are drawn; large print has them larger.
constexpr double picture_box_width = 100, picture_box_height = 78;

Illustration illustration_of(const HandoutModel& model, int number) {
  const auto stamp = [](void (*draw)(cairo_t*, const Box&)) {
    return make_stamp(picture_box_width, picture_box_height, draw);
  };
  static const Stamp pinched = stamp(draw_pinched_nerve);
  static const Stamp free = stamp(draw_free_nerve);
  static const Stamp chain = stamp(draw_chain);
  switch (number) {
    case 1:
      return {&model.pinched, &pinched};
    case 2:
      return {&model.free, &free};
    case 3:
      return {&model.chain, &chain};
    default:
      return {};
  }
}

class Idea {
 public:
  Idea(Composition& work, const Secret& secret)
      : work_(work),
        sheet_(work.sheet),
        secret_(secret),
        picture_(illustration_of(work.model, secret.number)),
        beside_(picture_.words &&
                sheet_.width() - picture_width() - picture_space() >= work.least_column()) {}

  void place() {
    sheet_.keep(height());
    place_heading();
    top_ = sheet_.y;
    page_ = sheet_.page();
    if (picture_.words) place_picture();
    for (const auto* words : {&secret_.author_says, &secret_.research_says, &secret_.for_you}) {
      sheet_.flow("P", work_.type.fixed(*words, work_.look.body, width()), sheet_.left());
      sheet_.y += space();
    }
    place_source();
    if (beside_ && sheet_.page() == page_) sheet_.y = std::max(sheet_.y, top_ + picture_block());
    sheet_.y += work_.look.gap;
  }

 private:
  /// Pictures grow less than the words, so that large print still has them side by side.
  double picture_scale() const { return std::min(work_.look.scale, 1.25); }
  double picture_width() const { return 100 * picture_scale(); }
  double picture_height() const { return 74 * picture_scale(); }
  double picture_space() const { return work_.scaled(12); }
  double square() const { return work_.scaled(18); }
  double space() const { return work_.scaled(1); }

  TextBox caption() const {
    return work_.type.fixed(picture_.words->caption, work_.look.caption, picture_width());
  }
  double picture_block() const { return picture_height() + work_.scaled(2) + caption().height(); }

  /// Beside the picture as far down as it goes, then the whole width.
  double width_at(double below_heading) const {
    const bool beside = beside_ && below_heading < picture_block() - 2;
    return sheet_.width() - (beside ? picture_width() + picture_space() : 0);
  }
  double width() const {
    return sheet_.page() == page_ ? width_at(sheet_.y - top_) : sheet_.width();
  }

  double height() const {
    double y = 0;
    for (const auto* words : {&secret_.author_says, &secret_.research_says, &secret_.for_you})
      y += work_.type.fixed(*words, work_.look.body, width_at(y)).height() + space();
    y += source(width_at(y)).height();
    if (picture_.words) y = beside_ ? std::max(y, picture_block()) : y + picture_block();
    const auto head = heading();
    return head.height() + (proof_beside(head) ? 0 : proof().height()) + 2 + y;
  }

  TextBox heading() const {
    return work_.type.fixed(secret_.heading, work_.look.idea_heading,
                            sheet_.width() - square() - work_.scaled(8));
  }
  TextBox proof() const {
    Style style = work_.look.label;
    style.leading = work_.look.idea_heading.leading;
    return work_.type.fixed(secret_.proof, style, sheet_.width());
  }
  bool proof_beside(const TextBox& head) const {
    const auto words = proof();
    return words.lines == 1 && head.lines == 1 &&
           row_width(words) + row_width(head) + square() + work_.scaled(36) <= sheet_.width();
  }

  void place_heading() {
    const double y = sheet_.y;
    const auto head = heading();
    sheet_.ornament([x = sheet_.left(), y, side = square(), ground = work_.look.brand](cairo_t* c) {
      rounded(c, {x, y, side, side}, 4);
      paint(c, ground);
    });
    sheet_.begin("H2");
    sheet_.text("Span",
                work_.type.fixed(std::to_string(secret_.number), work_.look.number, square()),
                sheet_.left(), y);
    sheet_.text("Span", head, sheet_.left() + square() + work_.scaled(8), y);
    sheet_.end();
    sheet_.y += head.height() + 1;
    place_proof(head, y);
  }

  /// A label at the right of the heading, or below it.
  void place_proof(const TextBox& head, double top) {
    auto words = proof();
    if (!proof_beside(head)) return sheet_.flow("P", words, sheet_.left());
    const double edge = work_.scaled(8);
    words = work_.type.fixed(secret_.proof, words.style, row_width(words) + 1);
    const double x = sheet_.right() - words.width - edge;
    fill_box(sheet_, {x - edge, top, words.width + 2 * edge, words.height()}, 9, colors::mist);
    sheet_.text("P", words, x, top);
  }

  void place_picture() {
    const double x = beside_ ? sheet_.right() - picture_width()
                             : sheet_.left() + (sheet_.width() - picture_width()) / 2;
    const double top = sheet_.y + (beside_ ? work_.scaled(1) : 0);
    sheet_.figure(picture_.words->alt, {x, top, picture_width(), picture_height()},
                  {{{picture_.stamp, {0, 0, picture_width(), picture_height()}}}, hold_place});
    sheet_.text("P", caption(), x, top + picture_height() + work_.scaled(2));
    if (!beside_) sheet_.y += picture_block();
  }

  /// The reference is in English whatever the language of the sheet: it has a tag of its own, which
  /// repair_pdf gives its language, and lines of its own, which run from left to right.
  struct Source {
    TextBox label, text;
    double height() const { return text.height(); }
  };
  Source source(double width) const {
    const auto& style = work_.look.quiet;
    Source source;
    source.label = work_.type.fixed(secret_.source_label, style, width);
    const double room = row_width(source.label) + work_.scaled(4);
    source.label = work_.type.fixed(secret_.source_label, style, room);
    source.text = Typesetter::of_this_thread().fixed(secret_.source, style, width - room);
    return source;
  }

  void place_source() {
    const auto words = source(width());
    sheet_.keep(words.height());
    sheet_.begin("P");
    sheet_.text("Span", words.label, sheet_.left(), sheet_.y);
    sheet_.text("BibEntry", words.text, sheet_.left() + words.label.width, sheet_.y);
    sheet_.end();
    sheet_.y += words.height();
  }

  Composition& work_;
  Sheet& sheet_;
  const Secret& secret_;
  Illustration picture_;
  bool beside_;
  double top_ = 0;
  int page_ = 0;
};

}  // namespace

void place_ideas(Composition& work) {
  for (const auto& secret : work.model.secrets) Idea(work, secret).place();
}

}  // namespace facet::handouts
