// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/form_page.h"

#include <algorithm>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/pictures/logo.h"
#include "handouts/print/composition.h"

namespace facet::handouts {

TextBox FormPage::set(const std::string& words, const Style& style, double width) const {
  return Typesetter::of_this_thread().personal(words, style, width);
}

void FormPage::head(const FormInput& input, const Brand& brand, const std::string& title) {
  const double top = sheet.y;
  double width = sheet.width();
  if (brand.logo) {
    const double height = scaled(48);
    const double logo_width = std::min(height * brand.logo->aspect(), sheet.width() * 0.4);
    const Box box{sheet.right() - logo_width, top, logo_width, height};
    sheet.figure(input.clinic, box,
                 [logo = brand.logo](cairo_t* c, const Box& at) { logo->draw(c, at); });
    width -= logo_width + look.gap;
  }
  if (!input.clinic.empty()) sheet.flow("P", set(input.clinic, look.clinic, width), sheet.left());
  Style style = look.title;
  style.size = look.title.size * 0.8, style.leading = look.title.leading * 0.8;
  sheet.flow("H1", set(title, style, width), sheet.left());
  if (brand.logo) sheet.y = std::max(sheet.y, top + scaled(48));
  sheet.y += scaled(6);
  fields({{"Name", input.patient, 0.62}, {"Date of birth", input.birth_date, 0.38}});
}

void FormPage::fields(const std::vector<FormField>& row) {
  if (look.scale > 1 && row.size() > 1) {  // lines too short to write on
    for (const auto& field : row) fields({{field.label, field.value, 1}});
    return;
  }
  const double height = scaled(26);
  sheet.keep(height);
  const double between = scaled(14);
  const double room = sheet.width() - between * static_cast<double>(row.size() - 1);
  const double top = sheet.y + height - look.body.leading - 3;
  double x = sheet.left();
  double lowest = top + look.body.leading;
  for (const auto& field : row) {
    const double width = room * field.share;
    const auto label = set(field.label + ":", look.strong, width);
    const double label_width = row_width(label) + scaled(5);
    sheet.begin("P");
    sheet.text("Span", label, x, top);
    const double line_x = x + label_width;
    const double line_width = width - label_width;
    if (!field.value.empty()) {
      const auto value = set(field.value, look.body, line_width);
      sheet.text("Span", value, line_x, top);
      lowest = std::max(lowest, top + value.height());
    } else {
      sheet.ornament([line_x, line_width, y = top + look.body.leading](cairo_t* c) {
        cairo_rectangle(c, line_x, y - 0.8, line_width, 0.8);
        paint(c, colors::quiet);
      });
    }
    sheet.end();
    x += width + between;
  }
  sheet.y = lowest + 3;
}

void FormPage::heading(const std::string& words, double keep_with) {
  const auto box = set(words, look.heading, sheet.width());
  sheet.keep(box.height() + keep_with);
  sheet.flow("H2", box, sheet.left());
  sheet.y += scaled(2);
}

void FormPage::paragraph(const std::string& words) {
  sheet.flow("P", set(words, look.body, sheet.width()), sheet.left());
  sheet.y += scaled(3);
}

void FormPage::tick_box(double x, double top, double leading) {
  const double side = box_side();
  sheet.ornament([x, y = top + (leading - side) / 2, side](cairo_t* c) {
    cairo_rectangle(c, x + 0.5, y + 0.5, side - 1, side - 1);
    paint(c, colors::white, colors::quiet, 1);
  });
}

}  // namespace facet::handouts
