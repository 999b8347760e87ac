// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/head_part.h"

#include <algorithm>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/pictures/logo.h"

namespace facet::handouts {
namespace {

class Head {
 public:
  Head(Composition& work, const Brand& brand)
      : work_(work), sheet_(work.sheet), look_(work.look), logo_(brand.logo) {}

  void place() {
    const double top = sheet_.y;
    const double logo_width = place_logo(top);
    const double width = sheet_.width() - indent() - logo_width;
    if (!work_.model.clinic.empty())
      row("P", work_.type.personal(work_.model.clinic, look_.clinic, width));
    row("H1", work_.type.fixed(work_.model.title, look_.title, width));
    sheet_.y = std::max(sheet_.y, logo_width > 0 ? top + logo_height() : top);
    place_subtitle();
    row("P", work_.type.personal(work_.model.made_for, look_.body, sheet_.width() - indent()));
    fill_box(sheet_, {sheet_.left(), top + 1, 5, sheet_.y - top - 1}, 2.5, look_.brand);
    sheet_.y += look_.gap;
    if (!work_.model.missing.empty()) place_missing();
  }

 private:
  double indent() const { return work_.scaled(14); }
  double logo_height() const { return work_.scaled(48); }

  void row(const char* tag, const TextBox& words) {
    sheet_.text(tag, words, sheet_.left() + indent(), sheet_.y);
    sheet_.y += words.height();
  }

  /// The room that it takes at the right; 0 without a logo.
  double place_logo(double top) {
    if (!logo_) return 0;
    const double width = std::min(sheet_.width() * 0.3, logo_height() * logo_->aspect());
    const double height = width / logo_->aspect();
    sheet_.figure(work_.model.clinic, {sheet_.right() - width, top, width, height},
                  [logo = logo_](cairo_t* c, const Box& box) { logo->draw(c, box); });
    return width + work_.scaled(12);
  }

  /// With the mark of a draft at its right, or below it.
  void place_subtitle() {
    const double width = sheet_.width() - indent();
    const auto words = work_.type.fixed(work_.model.subtitle, look_.subtitle, width);
    const double top = sheet_.y;
    row("P", words);
    if (work_.model.draft_mark.empty()) return;
    Style style = look_.strong;
    style.color = colors::urgent, style.leading = look_.subtitle.leading;
    const double edge = work_.scaled(8);
    auto mark = work_.type.fixed(work_.model.draft_mark, style, width - 2 * edge);
    const bool beside = words.lines == 1 && mark.lines == 1 &&
                        row_width(words) + row_width(mark) + work_.scaled(30) <= width;
    if (mark.lines == 1)
      mark = work_.type.fixed(work_.model.draft_mark, style, row_width(mark) + 1);
    const double x = beside ? sheet_.right() - mark.width - edge : sheet_.left() + indent() + edge;
    const double y = beside ? top : sheet_.y;
    frame_box(sheet_, {x - edge, y, mark.width + 2 * edge, mark.height()}, colors::urgent_ground,
              colors::urgent, 0.8);
    sheet_.text("P", mark, x, y);
    if (!beside) sheet_.y += mark.height();
  }

  void place_missing() {
    const double edge = work_.scaled(8);
    const auto words =
        work_.type.personal(work_.model.missing, look_.strong, sheet_.width() - 2 * edge);
    frame_box(sheet_, {sheet_.left(), sheet_.y, sheet_.width(), words.height() + edge},
              colors::caution_ground, colors::caution, 1.2);
    sheet_.text("P", words, sheet_.left() + edge, sheet_.y + edge / 2);
    sheet_.y += words.height() + edge + look_.gap;
  }

  Composition& work_;
  Sheet& sheet_;
  const Look& look_;
  std::shared_ptr<const Logo> logo_;
};

}  // namespace

void place_head(Composition& work, const Brand& brand) {
  Head(work, brand).place();
}

}  // namespace facet::handouts
