// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <string>

#include "handouts/print/print_format.h"
#include "handouts/print/sheet.h"

namespace facet::handouts {

PageShape page_shape(const PrintFormat& format, bool right_to_left);

/// What a document says about itself.
struct DocumentAbout {
  std::string language;  // BCP 47
  std::string title;
  std::string author;
  std::string date_iso;  // it is made on; "2026-11-22"
  PrintFormat format;
  bool right_to_left = false;
};

/// The pages of a sheet as a tagged PDF. `furniture` draws head and foot of a page (1...), as an
/// artifact. Throws what Cairo's and libqpdf's failures become: std::exception.
std::string print_sheet(const Sheet& sheet, const DocumentAbout& about,
                        const std::function<void(cairo_t*, int page, int pages)>& furniture);

}  // namespace facet::handouts
