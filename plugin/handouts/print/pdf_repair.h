// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "handouts/print/sheet.h"

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

/// Before anything is compressed, so that the same document has the same bytes whatever was printed
/// before it. Level 1 takes a third of the time of zlib's default and adds a tenth to the size. It
/// is a global of libqpdf, which nothing else in the library uses.
void deflate_fast();

}  // namespace facet::handouts
