// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cairo-pdf.h>

#include <memory>
#include <string>

namespace facet::handouts {

/// Writes what Cairo made to the std::string that `to` points to.
cairo_status_t append_bytes(void* to, const unsigned char* data, unsigned length);

/// A PDF that Cairo draws into memory. Every member throws std::runtime_error when Cairo fails.
class PdfSurface {
 public:
  PdfSurface(double width, double height);

  void say(cairo_pdf_metadata_t what, const std::string& words);
  cairo_t* cairo() const { return cairo_.get(); }
  cairo_surface_t* surface() const { return surface_.get(); }

  /// Nothing can be drawn after it.
  std::string finish();

 private:
  struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  };

  const std::unique_ptr<std::string> bytes_;  // Cairo keeps its address
  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> cairo_;
};

}  // namespace facet::handouts
