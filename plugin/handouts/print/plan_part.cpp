// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/plan_part.h"

#include <algorithm>
#include <array>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"

namespace facet::handouts {
namespace {

using Row = std::array<TextBox, 3>;

class PlanPart {
 public:
  explicit PlanPart(const Composition& work)
      : work_(work), sheet_(work.sheet), plan_(work.model.plan) {
    const bool places = std::any_of(plan_.rows.begin(), plan_.rows.end(),
                                    [](const auto& row) { return !row[2].empty(); });
    const double room = sheet_.width() - 2 * inset();
    widths_ = places ? std::array{room * 0.34, room * 0.51, room * 0.15}
                     : std::array{room * 0.40, room * 0.60, 0.0};
    columns_ = places ? 3 : 2;
    head_ = row(plan_.columns, work.look.label);
    for (const auto& cells : plan_.rows) rows_.push_back(row(cells, work.look.body));
  }

  double height() const {
    double height = contact_height() + work_.look.gap;
    if (rows_.empty()) return height;
    height += work_.look.heading.leading + height_of(head_) + work_.scaled(3);
    for (const auto& cells : rows_) height += height_of(cells);
    for (const auto& note : notes()) height += note.height();
    return height;
  }

  void place() {
    if (!rows_.empty()) place_table();
    place_contact();
  }

 private:
  double inset() const { return work_.scaled(6); }

  Row row(const std::array<std::string, 3>& cells, const Style& style) const {
    Row boxes;
    for (std::size_t i = 0; i < columns_; ++i)
      boxes[i] = work_.type.personal(cells[i], style, widths_[i] - inset());
    return boxes;
  }

  double height_of(const Row& cells) const {
    double height = 0;
    for (const auto& cell : cells) height = std::max(height, cell.height());
    return height + work_.scaled(2.5);
  }

  void place_row(const char* tag, const Row& cells) {
    sheet_.begin("TR");
    double x = sheet_.left() + inset();
    for (std::size_t i = 0; i < columns_; ++i) {
      sheet_.text(tag, cells[i], x, sheet_.y + work_.scaled(1));
      x += widths_[i];
    }
    sheet_.end();
    sheet_.y += height_of(cells);
  }

  void place_table() {
    sheet_.keep(std::min(height() - work_.look.gap, work_.scaled(200)));
    sheet_.flow("H2", work_.type.fixed(plan_.heading, work_.look.heading, sheet_.width()),
                sheet_.left());
    fill_box(sheet_, {sheet_.left(), sheet_.y, sheet_.width(), height_of(head_)}, 3, colors::mist);
    sheet_.begin("Table");
    place_row("TH", head_);
    for (const auto& cells : rows_) {
      sheet_.keep(height_of(cells));
      place_row("TD", cells);
      rule();
    }
    sheet_.end();
    sheet_.y += work_.scaled(3);
    for (const auto& note : notes()) sheet_.flow("P", note, sheet_.left() + inset());
  }

  void rule() {
    sheet_.ornament([x = sheet_.left(), y = sheet_.y, width = sheet_.width()](cairo_t* c) {
      cairo_rectangle(c, x, y, width, 0.6);
      paint(c, colors::line);
    });
  }

  std::vector<TextBox> notes() const {
    std::vector<TextBox> boxes;
    for (const auto& note : plan_.notes)
      boxes.push_back(work_.type.fixed(note, work_.look.body, sheet_.width() - 2 * inset()));
    return boxes;
  }

  /// One paragraph: the heading as its first, strong words.
  TextBox contact() const {
    Paragraph words{{work_.model.contact.heading + "  ", true}};
    for (const auto& paragraph : work_.model.contact.paragraphs) {
      words.insert(words.end(), paragraph.begin(), paragraph.end());
      words.push_back({"  |  ", false});
    }
    words.pop_back();
    return work_.type.fixed(words, work_.look.body, sheet_.width() - 2 * inset());
  }
  double contact_height() const { return contact().height() + work_.scaled(2); }

  void place_contact() {
    const auto words = contact();
    sheet_.keep(contact_height());
    sheet_.flow("P", words, sheet_.left() + (rows_.empty() ? 0 : inset()));
    sheet_.y += work_.look.gap;
  }

  const Composition& work_;
  Sheet& sheet_;
  const Plan& plan_;
  std::array<double, 3> widths_{};
  std::size_t columns_ = 3;
  Row head_;
  std::vector<Row> rows_;
};

}  // namespace

double plan_height(const Composition& work) {
  return PlanPart(work).height();
}

void place_plan(Composition& work) {
  PlanPart(work).place();
}

}  // namespace facet::handouts
