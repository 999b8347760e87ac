// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/sheet_pdf.h"

#include "handouts/print/pdf_repair.h"
#include "handouts/print/pdf_surface.h"

namespace facet::handouts {
namespace {

DocumentNotes notes_of(const Sheet& sheet, const DocumentAbout& about, const std::string& created) {
  DocumentNotes notes;
  notes.language = about.language;
  notes.title = about.title;
  notes.author = about.author;
  notes.created = created;
  notes.page_height = sheet.shape().height;
  notes.two_sided = about.format.sides == Sides::two;
  notes.booklet = about.format.booklet;
  notes.right_to_left = about.right_to_left;
  notes.figures = sheet.figures();
  notes.numbered_lists = sheet.numbered_lists();
  return notes;
}

}  // namespace

PageShape page_shape(const PrintFormat& format, bool right_to_left) {
  PageShape shape;
  if (format.paper == Paper::letter) shape.width = 612, shape.height = 792;
  if (format.booklet) shape = {shape.height / 2, shape.width, 28.35};  // margins of 10 mm
  shape.mirrored = right_to_left;
  return shape;
}

std::string print_sheet(const Sheet& sheet, const DocumentAbout& about,
                        const std::function<void(cairo_t*, int, int)>& furniture) {
  const std::string created = about.date_iso + "T00:00:00Z";
  PdfSurface pdf(sheet.shape().width, sheet.shape().height);
  pdf.say(CAIRO_PDF_METADATA_TITLE, about.title);
  pdf.say(CAIRO_PDF_METADATA_AUTHOR, about.author);
  pdf.say(CAIRO_PDF_METADATA_CREATOR, "Facet");
  pdf.say(CAIRO_PDF_METADATA_CREATE_DATE, created);
  sheet.draw(pdf.cairo(), pdf.surface(), furniture);
  return repair_pdf(pdf.finish(), notes_of(sheet, about, created));
}

}  // namespace facet::handouts
