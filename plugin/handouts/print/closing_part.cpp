// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/closing_part.h"

#include <algorithm>
#include <vector>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/qr_code.h"

namespace facet::handouts {

void place_closing(Composition& work) {
  auto& sheet = work.sheet;
  const auto& model = work.model;
  const double edge = work.scaled(8);
  const double code = model.document_id.empty() ? 0 : work.scaled(52);
  const double width = sheet.width() - 2 * edge - (code > 0 ? code + edge : 0);
  std::vector<TextBox> boxes;
  double words_height = 0;
  for (const auto& paragraph : model.closing.paragraphs) {
    boxes.push_back(work.type.fixed(paragraph, work.look.body, width));
    words_height += boxes.back().height();
  }
  const double height = std::max(words_height + 0.75 * edge, code);
  sheet.keep(height);
  fill_box(sheet, {sheet.left(), sheet.y, sheet.width() - (code > 0 ? code + edge / 2 : 0), height},
           6, colors::mist);
  double y = sheet.y + (height - words_height) / 2;
  for (const auto& words : boxes) {
    sheet.text("P", words, sheet.left() + edge, y);
    y += words.height();
  }
  if (code > 0)
    sheet.figure(model.code_alt, {sheet.right() - code, sheet.y + (height - code) / 2, code, code},
                 [id = "urn:uuid:" + model.document_id](cairo_t* c, const Box& box) {
                   draw_qr(c, box, id);
                 });
  sheet.y += height;
}

}  // namespace facet::handouts
