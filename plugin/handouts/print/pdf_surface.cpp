// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/pdf_surface.h"

#include <exception>
#include <stdexcept>

namespace facet::handouts {
namespace {

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
}

}  // namespace

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::exception&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

PdfSurface::PdfSurface(double width, double height)
    : bytes_(std::make_unique<std::string>()),
      surface_(cairo_pdf_surface_create_for_stream(append_bytes, bytes_.get(), width, height)),
      cairo_(cairo_create(surface_.get())) {
  bytes_->reserve(128 * 1024);
}

void PdfSurface::say(cairo_pdf_metadata_t what, const std::string& words) {
  cairo_pdf_surface_set_metadata(surface_.get(), what, words.c_str());
}

std::string PdfSurface::finish() {
  check(cairo_status(cairo_.get()));
  cairo_.reset();
  cairo_surface_finish(surface_.get());
  check(cairo_surface_status(surface_.get()));
  return std::move(*bytes_);
}

}  // namespace facet::handouts
