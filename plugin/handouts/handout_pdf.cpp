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

std::string draw(const Sheet& sheet, const HandoutModel& model, const std::string& created,
                 cairo_status_t& status) {
  std::string bytes;
  bytes.reserve(128 * 1024);
  const std::unique_ptr<cairo_surface_t, FreeSurface> surface(
      cairo_pdf_surface_create_for_stream(append, &bytes, Sheet::page_width, Sheet::page_height));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, model.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, model.clinic.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Facet");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  {
    const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
    sheet.draw(cairo.get(), surface.get(),
               [&](cairo_t* c, int page, int pages) { draw_furniture(c, model, page, pages); });
    status = cairo_status(cairo.get());
  }
  cairo_surface_finish(surface.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface.get());
  return bytes;
}

}  // namespace

base::Result<std::string> render_pdf(const HandoutModel& model) try {
  Sheet sheet;
  lay_out(sheet, model);
  const std::string created = model.date_iso + "T00:00:00Z";
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  const auto bytes = draw(sheet, model, created, status);
  if (status != CAIRO_STATUS_SUCCESS) return print_error(cairo_status_to_string(status));
  return repair_pdf(bytes, {model.language, model.title, model.clinic, created, sheet.figures()});
} catch (const std::exception& defect) {
  return print_error(defect.what());
}

}  // namespace facet::handouts
