// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <array>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"
#include "handouts/print/composition.h"
#include "handouts/print/form_page.h"

namespace facet::handouts {
namespace {

constexpr const char* outlines_alt =
    "Outlines of a body to mark with a pen. At the left it is seen from the front, so its right "
    "side is at the left. At the right it is seen from the back.";
constexpr const char* shade =
    "Shade each place that hurts or feels wrong. Write 1 beside the worst place, 2 beside the "
    "next, and so on.";
constexpr const char* scale_help =
    "Circle one number in each row. 0 is no pain. 10 is the worst pain you can think of.";
constexpr std::array<const char*, 3> scales{"Worst, last 7 days", "Average, last 7 days", "Now"};
constexpr std::array<const char*, 12> kinds{"Aching",   "Sharp", "Burning",        "Throbbing",
                                            "Shooting", "Cramp", "Electric shock", "Stiff",
                                            "Tingling", "Numb",  "Heavy",          "Weak"};

class BodyChart {
 public:
  explicit BodyChart(FormPage& page) : page_(page), sheet_(page.sheet), look_(page.look) {}

  void compose(const FormInput& input, const Brand& brand) {
    page_.head(input, brand, "Where does it hurt?");
    page_.fields({{"Date", "", 0.38}, {"Filled in by", "", 0.62}});
    page_.gap();
    page_.paragraph(shade);
    outlines();
    pain_scales();
    kinds_of_pain();
  }

 private:
  void outlines() {
    sheet_.y += page_.scaled(4);
    const double names_top = sheet_.y;
    const double top = names_top + look_.body.leading;
    // On one page with the rest if that leaves it large, else the rest goes to a page of its own.
    const double beside_rest = sheet_.bottom() - top - scales_height() - kinds_height();
    const double alone = sheet_.bottom() - top - look_.gap;
    const double height = beside_rest >= 250 ? beside_rest - look_.gap : std::min(alone, 560.0);
    const Box box{sheet_.left(), top, sheet_.width(), height};
    sheet_.figure(outlines_alt, box, [](cairo_t* c, const Box& at) { draw_body(c, at, {}); });
    const double half = sheet_.width() / 2;
    names({"Right", "Front", "Left"}, sheet_.left(), half, names_top);
    names({"Left", "Back", "Right"}, sheet_.left() + half, half, names_top);
    sheet_.y = top + height + look_.gap;
  }

  void names(const std::array<const char*, 3>& words, double x, double width, double top) {
    sheet_.begin("P");
    const double part = width / 3;
    for (std::size_t i = 0; i < words.size(); ++i) {
      Style style = look_.strong;
      style.centred = true;
      sheet_.text("Span", page_.set(words[i], style, part), x + static_cast<double>(i) * part, top);
    }
    sheet_.end();
  }

  double scale_row() const { return page_.scaled(29); }
  double scales_height() const {
    return look_.heading.leading + look_.body.leading * 2 + page_.scaled(9) +
           scale_row() * static_cast<double>(scales.size());
  }

  void pain_scales() {
    page_.heading("How strong is it?", scales_height() - look_.heading.leading);
    page_.paragraph(scale_help);
    for (const auto* name : scales) scale(name);
    page_.gap();
  }

  void scale(const char* name) {
    sheet_.keep(scale_row());
    const double names_width = std::min(page_.scaled(135), sheet_.width() * 0.3);
    const double step = (sheet_.width() - names_width) / 11;
    const double radius = std::min(step * 0.42, page_.scaled(11.5));
    const double middle = sheet_.y + scale_row() / 2;
    sheet_.begin("P");
    const auto label = page_.set(std::string(name) + ":", look_.strong, names_width);
    sheet_.text("Span", label, sheet_.left(), middle - label.height() / 2);
    Style digits = look_.body;
    digits.centred = true;
    for (int value = 0; value <= 10; ++value) {
      const double x = sheet_.left() + names_width + step * (value + 0.5);
      sheet_.ornament([x, middle, radius](cairo_t* c) {
        circle(c, x, middle, radius);
        paint(c, colors::white, colors::line, 1);
      });
      sheet_.text("Span", page_.set(std::to_string(value), digits, step), x - step / 2,
                  middle - digits.leading / 2);
    }
    sheet_.end();
    sheet_.y += scale_row();
  }

  std::size_t columns() const { return look_.scale > 1 ? 2 : 4; }
  double kind_row() const { return page_.scaled(20); }
  double kinds_height() const {
    return look_.heading.leading + look_.body.leading + page_.scaled(6) +
           kind_row() * static_cast<double>((kinds.size() + columns() - 1) / columns());
  }

  /// Down the columns, as they are read.
  void kinds_of_pain() {
    page_.heading("What is it like?", kinds_height() - look_.heading.leading);
    page_.paragraph("Tick every word that fits.");
    const auto rows = (kinds.size() + columns() - 1) / columns();
    const double column = sheet_.width() / static_cast<double>(columns());
    const double indent = page_.box_side() + page_.scaled(6);
    sheet_.begin_list(false);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const double x = sheet_.left() + column * static_cast<double>(i / rows);
      const double top = sheet_.y + kind_row() * static_cast<double>(i % rows);
      page_.tick_box(x, top, look_.body.leading);
      sheet_.begin("LI");
      sheet_.text("LBody", page_.set(kinds[i], look_.body, column - indent), x + indent, top);
      sheet_.end();
    }
    sheet_.end();
    sheet_.y += kind_row() * static_cast<double>(rows);
  }

  FormPage& page_;
  Sheet& sheet_;
  const Look& look_;
};

}  // namespace

void compose_body_chart(FormPage& page, const FormInput& input, const Brand& brand) {
  BodyChart(page).compose(input, brand);
}

}  // namespace facet::handouts
