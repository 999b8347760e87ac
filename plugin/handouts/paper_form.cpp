// SPDX-License-Identifier: MPL-2.0
#include "handouts/paper_form.h"

#include <cairo-pdf.h>
#include <glib.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>

#include "handouts/colors.h"
#include "handouts/composition.h"
#include "handouts/drawing.h"
#include "handouts/form_page.h"
#include "handouts/pdf_repair.h"
#include "knowledge/catalogue.h"

namespace facet::handouts {
namespace {

constexpr const char* language = "en-GB";

struct Document {
  std::string title;
  std::string clinic;
  std::string foot;  // what a single page belongs to
  std::string created;
};

Document document_of(PaperForm which, const FormInput& input) {
  const bool chart = which == PaperForm::body_chart;
  char created[32];
  std::snprintf(created, sizeof created, "%04d-%02u-%02uT00:00:00Z",
                static_cast<int>(input.printed_on.year()),
                static_cast<unsigned>(input.printed_on.month()),
                static_cast<unsigned>(input.printed_on.day()));
  const std::string form =
      chart ? "Body chart"
            : "Questions, version " + knowledge::catalogue().screening_about().version;
  return {chart ? "Where does it hurt?" : "Questions before you use the bed", input.clinic,
          form + "  |  " + (input.patient.empty() ? "Name: ______________________" : input.patient),
          created};
}

void check_cairo(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
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

std::string draw(const FormPage& page, const Document& document) {
  std::string bytes;
  const auto& shape = page.sheet.shape();
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_pdf_surface_create_for_stream(
          [](void* to, const unsigned char* data, unsigned length) {
            static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
            return CAIRO_STATUS_SUCCESS;
          },
          &bytes, shape.width, shape.height),
      cairo_surface_destroy);
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface.get(), key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, document.title);
  set(CAIRO_PDF_METADATA_AUTHOR, document.clinic);
  set(CAIRO_PDF_METADATA_CREATOR, "Facet");
  set(CAIRO_PDF_METADATA_CREATE_DATE, document.created);
  {
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(surface.get()),
                                                                   cairo_destroy);
    page.sheet.draw(cairo.get(), surface.get(), [&](cairo_t* c, int number, int pages) {
      foot(c, page, document, number, pages);
    });
    check_cairo(cairo_status(cairo.get()));
  }
  cairo_surface_finish(surface.get());
  check_cairo(cairo_surface_status(surface.get()));
  return bytes;
}

DocumentNotes notes_of(const FormPage& page, const Document& document, const PrintFormat& format) {
  DocumentNotes notes;
  notes.language = language;
  notes.title = document.title;
  notes.author = document.clinic;
  notes.created = document.created;
  notes.page_height = page.sheet.shape().height;
  notes.two_sided = format.sides == Sides::two;
  notes.figures = page.sheet.figures();
  notes.numbered_lists = page.sheet.numbered_lists();
  return notes;
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

}  // namespace

base::Result<std::string> render_paper_form(PaperForm which, const FormInput& input,
                                            const PrintFormat& format, const Brand& brand) try {
  if (auto ok = check(input, format); !ok) return base::pass(ok);
  PageShape shape;
  if (format.paper == Paper::letter) shape.width = 612, shape.height = 792;
  const Look look(format, brand);
  Sheet sheet(shape);
  FormPage page{sheet, look};
  if (which == PaperForm::body_chart) {
    compose_body_chart(page, input, brand);
  } else if (auto ok = compose_screening(page, input, brand); !ok) {
    return base::pass(ok);
  }
  const auto document = document_of(which, input);
  return repair_pdf(draw(page, document), notes_of(page, document, format));
} catch (const std::exception& defect) {
  return base::fail(base::ErrorCode::internal, "",
                    std::string("The form could not be printed: ") + defect.what());
}

}  // namespace facet::handouts
