// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_pdf.h"

#include <cairo-pdf.h>

#include <exception>
#include <memory>

#include "handouts/handout_layout.h"
#include "handouts/pdf_repair.h"

namespace facet::handouts {
namespace {

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::exception&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

tl::unexpected<base::Error> print_error(const std::string& why) {
  return base::fail(base::ErrorCode::internal, "", "The handout could not be printed: " + why);
}

PageShape shape_of(const PrintFormat& format, bool right_to_left) {
  PageShape shape;
  if (format.paper == Paper::letter) shape.width = 612, shape.height = 792;
  if (format.booklet) shape = {shape.height / 2, shape.width, 28.35};  // margins of 10 mm
  shape.mirrored = right_to_left;
  return shape;
}

struct Drawing {
  std::string bytes;
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
};

Drawing draw(const Composition& work, const PrintFormat& format, const std::string& created) {
  Drawing drawing;
  drawing.bytes.reserve(128 * 1024);
  const auto& [sheet, model, look, type] = work;
  const std::unique_ptr<cairo_surface_t, FreeSurface> surface(cairo_pdf_surface_create_for_stream(
      append, &drawing.bytes, sheet.shape().width, sheet.shape().height));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, model.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, model.clinic.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Facet");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  {
    const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
    sheet.draw(cairo.get(), surface.get(), [&](cairo_t* c, int page, int pages) {
      draw_furniture(c, work, format.sides, page, pages);
    });
    drawing.status = cairo_status(cairo.get());
  }
  cairo_surface_finish(surface.get());
  if (drawing.status == CAIRO_STATUS_SUCCESS) drawing.status = cairo_surface_status(surface.get());
  return drawing;
}

DocumentNotes notes_of(const Composition& work, const PrintFormat& format,
                       const std::string& created) {
  DocumentNotes notes;
  notes.language = work.model.language;
  notes.title = work.model.title;
  notes.author = work.model.clinic;
  notes.created = created;
  notes.page_height = work.sheet.shape().height;
  notes.two_sided = format.sides == Sides::two;
  notes.booklet = format.booklet;
  notes.right_to_left = work.model.right_to_left;
  notes.figures = work.sheet.figures();
  notes.numbered_lists = work.sheet.numbered_lists();
  return notes;
}

base::Status check_format(const PrintFormat& format) {
  if (format.booklet && format.text_size == TextSize::large)
    return base::invalid("booklet", "A booklet is not there in large print.");
  return {};
}

}  // namespace

base::Result<std::string> render_pdf(const HandoutModel& model, const PrintFormat& format,
                                     const Brand& brand) try {
  if (auto ok = check_format(format); !ok) return base::pass(ok);
  const Look look(format, brand);
  Sheet sheet(shape_of(format, model.right_to_left));
  Composition work{sheet, model, look,
                   Typesetter::of_this_thread(model.language, model.right_to_left)};
  const Typesetter::OneDocument document(work.type);
  lay_out(work, brand);
  const std::string created = model.date_iso + "T00:00:00Z";
  const auto drawing = draw(work, format, created);
  if (drawing.status != CAIRO_STATUS_SUCCESS)
    return print_error(cairo_status_to_string(drawing.status));
  return repair_pdf(drawing.bytes, notes_of(work, format, created));
} catch (const std::exception& defect) {
  return print_error(defect.what());
}

}  // namespace facet::handouts
