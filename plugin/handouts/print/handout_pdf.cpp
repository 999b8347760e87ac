// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/handout_pdf.h"

#include <exception>

#include "handouts/print/font_gate.h"
#include "handouts/print/handout_layout.h"
#include "handouts/print/sheet_pdf.h"

namespace facet::handouts {
namespace {

tl::unexpected<base::Error> print_error(const std::string& why) {
  return base::fail(base::ErrorCode::internal, "", "The handout could not be printed: " + why);
}

base::Status check_format(const PrintFormat& format) {
  if (format.booklet && format.text_size == TextSize::large)
    return base::invalid("booklet", "A booklet is not there in large print.");
  return {};
}

std::string print(const HandoutModel& model, const PrintFormat& format, const Brand& brand) {
  const Look look(format, brand);
  Sheet sheet(page_shape(format, model.right_to_left));
  Composition work{sheet, model, look,
                   Typesetter::of_this_thread(model.language, model.right_to_left)};
  const Typesetter::OneDocument document(work.type);
  lay_out(work, brand);
  return print_sheet(
      sheet,
      {model.language, model.title, model.clinic, model.date_iso, format, model.right_to_left},
      [&](cairo_t* cairo, int page, int pages) {
        draw_furniture(cairo, work, format.sides, page, pages);
      });
}

}  // namespace

base::Result<std::string> render_pdf(const HandoutModel& model, const PrintFormat& format,
                                     const Brand& brand) try {
  if (auto ok = check_format(format); !ok) return base::pass(ok);
  return FontGate::pass([&] { return print(model, format, brand); });
} catch (const std::exception& defect) {
  return print_error(defect.what());
}

}  // namespace facet::handouts
