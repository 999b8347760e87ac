// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/paper_form.h"

#include <glib.h>

#include <cstdio>
#include <exception>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/print/composition.h"
#include "handouts/print/font_gate.h"
#include "handouts/print/form_page.h"
#include "handouts/print/sheet_pdf.h"
#include "knowledge/catalogue.h"

namespace facet::handouts {
namespace {

constexpr const char* language = "en-GB";

struct Document {
  std::string title;
  std::string clinic;
  std::string foot;  // what a single page belongs to
  std::string date_iso;
};

Document document_of(PaperForm which, const FormInput& input) {
  const bool chart = which == PaperForm::body_chart;
  char date[40];
  std::snprintf(date, sizeof date, "%04d-%02u-%02u", static_cast<int>(input.printed_on.year()),
                static_cast<unsigned>(input.printed_on.month()),
                static_cast<unsigned>(input.printed_on.day()));
  const std::string form =
      chart ? "Body chart"
            : "Questions, version " + knowledge::catalogue().screening_about().version;
  return {chart ? "Where does it hurt?" : "Questions before you use the bed", input.clinic,
          form + "  |  " + (input.patient.empty() ? "Name: ______________________" : input.patient),
          date};
}

void foot(cairo_t* cairo, const FormPage& page, const Document& document, int number, int pages) {
  const auto& sheet = page.sheet;
  const double y = sheet.shape().height - 20;
  const auto row = [&](const std::string& words, bool at_end) {
    auto box = page.set(words, page.look.furniture, sheet.width() * (at_end ? 1 : 0.75));
    pango_layout_set_ellipsize(box.layout.get(), PANGO_ELLIPSIZE_END);
    source(cairo, box.style.color);
    cairo_move_to(cairo, at_end ? sheet.right() - row_width(box) : sheet.left(), y);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(box.layout.get(), 0));
  };
  cairo_rectangle(cairo, sheet.left(), y - page.look.furniture.leading, sheet.width(), 0.6);
  paint(cairo, colors::line);
  row(document.foot, false);
  row("Page " + std::to_string(number) + " of " + std::to_string(pages), true);
}

/// Names have at most 200 characters; a value on a form has one row or a few.
base::Status check(const FormInput& input, const PrintFormat& format) {
  if (format.booklet) return base::invalid("booklet", "A form is not there as a booklet.");
  for (const auto& [field, value] : {std::pair{"clinic", &input.clinic},
                                     {"patient", &input.patient},
                                     {"birth_date", &input.birth_date}})
    if (value->size() > 800 ||
        !g_utf8_validate(value->data(), static_cast<gssize>(value->size()), nullptr))
      return base::invalid(field, "This is too long for a form, or not UTF-8.");
  return {};
}

base::Result<std::string> print(PaperForm which, const FormInput& input, const PrintFormat& format,
                                const Brand& brand) {
  const Look look(format, brand);
  Sheet sheet(page_shape(format, false));
  FormPage page{sheet, look};
  if (which == PaperForm::body_chart) {
    compose_body_chart(page, input, brand);
  } else if (auto ok = compose_screening(page, input, brand); !ok) {
    return base::pass(ok);
  }
  const auto document = document_of(which, input);
  return print_sheet(
      sheet, {language, document.title, document.clinic, document.date_iso, format, false},
      [&](cairo_t* cairo, int number, int pages) { foot(cairo, page, document, number, pages); });
}

}  // namespace

base::Result<std::string> render_paper_form(PaperForm which, const FormInput& input,
                                            const PrintFormat& format, const Brand& brand) try {
  if (auto ok = check(input, format); !ok) return base::pass(ok);
  return FontGate::pass([&] { return print(which, input, format, brand); });
} catch (const std::exception& defect) {
  return base::fail(base::ErrorCode::internal, "",
                    std::string("The form could not be printed: ") + defect.what());
}

}  // namespace facet::handouts
