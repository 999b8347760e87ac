// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/safety_part.h"

#include <algorithm>
#include <utility>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"

namespace facet::handouts {
namespace {

/// A list in a tinted frame with a heading; one or two columns.
class SafetyBox {
 public:
  struct Kind {
    Color ground, edge;
    bool sign;
    int columns;
  };

  SafetyBox(const Composition& work, const Section& section, double width, const Kind& kind)
      : work_(work), kind_(kind), width_(width), padding_(work.scaled(8)) {
    const double inner = width - 2 * padding_;
    Style head = work.look.strong;
    head.color = kind.edge;
    if (kind.sign) head.size = work.scaled(14), head.leading = work.scaled(18);
    heading_ = work.type.fixed(section.heading, head, inner - (kind.sign ? sign_room() : 0));
    const double space = work.scaled(12);
    const double column = (inner - (kind.columns - 1) * space) / kind.columns;
    for (const auto& item : section.paragraphs)
      items_.push_back(work.type.fixed(item, work.look.body, column - indent()));
    const auto columns = static_cast<std::size_t>(kind.columns);
    const auto in_column = (items_.size() + columns - 1) / columns;
    double y = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i % in_column == 0) y = 0;
      places_.push_back({static_cast<double>(i / in_column) * (column + space), y});
      y += items_[i].height() + 0.5;
      list_height_ = std::max(list_height_, y);
    }
  }

  double height() const { return heading_.height() + list_height_ + 2 * padding_ + 1; }

  void place(double x, double top, double height) const {
    auto& sheet = work_.sheet;
    frame_box(sheet, {x, top, width_, height}, kind_.ground, kind_.edge, kind_.sign ? 2 : 1.2);
    double at = x + padding_;
    if (kind_.sign) {
      sheet.ornament([at, y = top + padding_ - 1, size = work_.scaled(19),
                      edge = kind_.edge](cairo_t* c) { draw_warning(c, at - 1, y, size, edge); });
      at += sign_room();
    }
    sheet.text("H2", heading_, at, top + padding_);
    const double list_top = top + padding_ + heading_.height() + 2;
    sheet.begin_list(false);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      sheet.begin("LI");
      const double item_x = x + padding_ + places_[i].first;
      const double item_y = list_top + places_[i].second;
      sheet.text("Lbl", work_.type.fixed("•", work_.look.strong, indent()), item_x, item_y);
      sheet.text("LBody", items_[i], item_x + indent(), item_y);
      sheet.end();
    }
    sheet.end();
  }

 private:
  double indent() const { return work_.scaled(11); }
  double sign_room() const { return work_.scaled(25); }

  const Composition& work_;
  Kind kind_;
  double width_;
  double padding_;
  TextBox heading_;
  std::vector<TextBox> items_;
  std::vector<std::pair<double, double>> places_;
  double list_height_ = 0;
};

/// The three boxes; the lesser two stand side by side where there is room.
struct Boxes {
  static constexpr double share = 0.52;  // of the first of two

  explicit Boxes(const Composition& work)
      : space(work.scaled(7)),
        beside(work.wide()),
        first_width((work.sheet.width() - work.look.gap) * (beside ? share : 1) +
                    (beside ? 0 : work.look.gap)),
        second_width(beside ? work.sheet.width() - work.look.gap - first_width : first_width),
        urgent(work, work.model.urgent, work.sheet.width(),
               {colors::urgent_ground, colors::urgent, true, beside ? 2 : 1}),
        today(work, work.model.today, first_width,
              {colors::caution_ground, colors::caution, false, 1}),
        soon(work, work.model.soon, second_width, {colors::mist, work.look.brand, false, 1}) {}

  double height() const {
    const double lesser =
        beside ? std::max(today.height(), soon.height()) : today.height() + space + soon.height();
    return urgent.height() + space + lesser;
  }

  double space;
  bool beside;
  double first_width, second_width;
  SafetyBox urgent, today, soon;
};

}  // namespace

double safety_height(const Composition& work) {
  return Boxes(work).height();
}

void place_safety(Composition& work) {
  auto& sheet = work.sheet;
  const Boxes boxes(work);
  const double end = work.look.gap;
  sheet.keep(boxes.urgent.height());
  boxes.urgent.place(sheet.left(), sheet.y, boxes.urgent.height());
  sheet.y += boxes.urgent.height() + boxes.space;
  if (boxes.beside) {
    const double height = std::max(boxes.today.height(), boxes.soon.height());
    sheet.keep(height);
    boxes.today.place(sheet.left(), sheet.y, height);
    boxes.soon.place(sheet.left() + boxes.first_width + work.look.gap, sheet.y, height);
    sheet.y += height + end;
    return;
  }
  for (const auto* box : {&boxes.today, &boxes.soon}) {
    sheet.keep(box->height());
    box->place(sheet.left(), sheet.y, box->height());
    sheet.y += box->height() + (box == &boxes.soon ? end : boxes.space);
  }
}

}  // namespace facet::handouts
