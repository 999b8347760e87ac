// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "handouts/sheet.h"

namespace facet::handouts {

/// What Cairo 1.16 leaves out of a tagged document.
struct DocumentNotes {
  std::string language;
  std::string title;
  std::string author;
  std::string created;  // "2026-11-22T00:00:00Z"
  double page_height = 0;
  bool two_sided = false;
  bool right_to_left = false;
  bool booklet = false;
  std::vector<FigureNote> figures;   // in the order of the tree, like
  std::vector<bool> numbered_lists;  // these
};

/// Adds language, titles, alternative texts and the rest of toolchain.md 10.1, and turns `Private`
/// elements into artifacts. `BibEntry` elements hold references, which are in English whatever the
/// document's language. Throws what libqpdf throws.
std::string repair_pdf(const std::string& pdf, const DocumentNotes& notes);

}  // namespace facet::handouts
