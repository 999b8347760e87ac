// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "handouts/colors.h"
#include "handouts/spinal_level.h"

namespace facet::handouts {
namespace {

constexpr double pi = std::numbers::pi;

void source(cairo_t* cairo, const Color& color) {
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
}

/// The pictures of a nerve are drawn on a field of 120 by 96.
class Field {
 public:
  Field(cairo_t* cairo, const Box& box) : cairo_(cairo) {
    cairo_save(cairo);
    rounded(cairo, box, 6);
    cairo_clip(cairo);
    cairo_translate(cairo, box.x, box.y);
    cairo_scale(cairo, box.width / 120, box.height / 96);
    cairo_rectangle(cairo, 0, 0, 120, 96);
    paint(cairo, colors::mist);
  }
  ~Field() { cairo_restore(cairo_); }
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;

 private:
  cairo_t* cairo_;
};

/// The body of a bone of the spine, waisted as seen from the side.
void bone_body(cairo_t* cairo, double left, double top, double right, double bottom) {
  const double waist = 3.5;
  const double middle = (top + bottom) / 2;
  cairo_move_to(cairo, left + 3, top);
  cairo_line_to(cairo, right - 3, top);
  cairo_curve_to(cairo, right + 1, top, right + 1, top + 4, right - waist, middle);
  cairo_curve_to(cairo, right + 1, bottom - 4, right + 1, bottom, right - 3, bottom);
  cairo_line_to(cairo, left + 3, bottom);
  cairo_curve_to(cairo, left - 1, bottom, left - 1, bottom - 4, left + waist, middle);
  cairo_curve_to(cairo, left - 1, top + 4, left - 1, top, left + 3, top);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 1.1);
}

/// The joint behind the gap: two bony arms with a smooth joint between. `forward` moves the arms
/// into the gap.
void facet_joint(cairo_t* cairo, double forward) {
  const double x = -forward;
  cairo_move_to(cairo, 122, 30);
  cairo_line_to(cairo, 97 + x, 46);
  cairo_line_to(cairo, 86 + x, 48);
  cairo_line_to(cairo, 88 + x, 56);
  cairo_line_to(cairo, 122, 44);
  cairo_close_path(cairo);
  paint(cairo, colors::disc);
  cairo_move_to(cairo, 122, -3);
  cairo_line_to(cairo, 90 + x, -3);
  cairo_curve_to(cairo, 84 + x, 10, 80 + x, 28, 83 + x, 41);
  cairo_curve_to(cairo, 85 + x, 49, 91 + x, 51, 98 + x, 47);
  cairo_line_to(cairo, 122, 32);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 1.1);
  cairo_move_to(cairo, 122, 39);
  cairo_line_to(cairo, 100 + x, 53);
  cairo_curve_to(cairo, 94 + x, 57, 88 + x, 57, 84 + x, 54);
  cairo_curve_to(cairo, 80 + x, 66, 84, 84, 87, 99);
  cairo_line_to(cairo, 122, 99);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 1.1);
}

struct Point {
  double x, y;
};

/// A nerve as a band along a curve; `pinch` of its width is lost at its tightest place.
void nerve_band(cairo_t* cairo, const std::array<Point, 4>& curve, double width, double pinch) {
  constexpr int steps = 48;
  constexpr double tightest = 0.38;
  std::array<Point, 2 * (steps + 1)> outline{};
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const double u = 1 - t;
    const auto at = [&](double Point::*axis) {
      return u * u * u * curve[0].*axis + 3 * u * u * t * curve[1].*axis +
             3 * u * t * t * curve[2].*axis + t * t * t * curve[3].*axis;
    };
    const auto slope = [&](double Point::*axis) {
      return u * u * (curve[1].*axis - curve[0].*axis) +
             2 * u * t * (curve[2].*axis - curve[1].*axis) +
             t * t * (curve[3].*axis - curve[2].*axis);
    };
    const double dx = slope(&Point::x);
    const double dy = slope(&Point::y);
    const double length = std::hypot(dx, dy);
    const double away = (t - tightest) / 0.13;
    const double half = width / 2 * (1 - pinch * std::exp(-away * away));
    const Point middle{at(&Point::x), at(&Point::y)};
    outline[static_cast<std::size_t>(i)] = {middle.x - dy / length * half,
                                            middle.y + dx / length * half};
    outline[outline.size() - 1 - static_cast<std::size_t>(i)] = {middle.x + dy / length * half,
                                                                 middle.y - dx / length * half};
  }
  cairo_move_to(cairo, outline[0].x, outline[0].y);
  for (const auto& point : outline) cairo_line_to(cairo, point.x, point.y);
  cairo_close_path(cairo);
  paint(cairo, colors::nerve, colors::nerve_edge, 1.1);
}

/// The disc between two bodies; `bulge` pushes it back towards the nerve.
void disc_shape(cairo_t* cairo, double top, double bottom, double bulge) {
  cairo_move_to(cairo, 13, top);
  cairo_line_to(cairo, 58, top);
  cairo_curve_to(cairo, 62 + bulge * 1.5, top, 62 + bulge * 1.5, bottom, 58, bottom);
  cairo_line_to(cairo, 13, bottom);
  cairo_curve_to(cairo, 9, bottom, 9, top, 13, top);
  cairo_close_path(cairo);
  paint(cairo, colors::disc, colors::disc_edge, 1.1);
}

/// Short strokes that say "pressure here" from one side.
void pressure(cairo_t* cairo, double x, double y, double angle) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_rotate(cairo, angle);
  cairo_move_to(cairo, 0, 0);
  cairo_line_to(cairo, -5, -4);
  cairo_line_to(cairo, -5, -1.3);
  cairo_line_to(cairo, -13, -1.3);
  cairo_line_to(cairo, -13, 1.3);
  cairo_line_to(cairo, -5, 1.3);
  cairo_line_to(cairo, -5, 4);
  cairo_close_path(cairo);
  paint(cairo, colors::urgent);
  cairo_restore(cairo);
}

/// Widths of the 24 free bones and where each begins, measured from the skull, in a unit height.
struct Bones {
  std::array<double, 25> top{};  // [24] is the top of the sacrum
  std::array<double, 24> width{};
};

Bones bones() {
  Bones bones;
  double at = 0;
  for (std::size_t i = 0; i < 24; ++i) {
    const auto n = static_cast<double>(i);
    bones.top[i] = at;
    bones.width[i] = i < 7 ? 17 + n * 0.7 : i < 19 ? 21 + (n - 7) * 0.65 : 30 + (n - 19) * 1.1;
    at += i < 7 ? 6.6 : i < 19 ? 8.2 + (n - 7) * 0.16 : 11.2;
  }
  bones.top[24] = at;
  return bones;
}

constexpr double skull_height = 17;
constexpr double sacrum_height = 34;

void draw_bone(cairo_t* cairo, double middle, double top, double width, double height) {
  const double half = width / 2;
  const double arm = half + width * 0.16;
  cairo_rectangle(cairo, middle - arm, top + height * 0.30, 2 * arm, height * 0.30);
  paint(cairo, colors::bone, colors::bone_edge, 0.7);
  rounded(cairo, {middle - half * 0.8, top + 0.5, width * 0.8, height - 1.2}, 2.4);
  paint(cairo, colors::bone, colors::bone_edge, 0.7);
  cairo_rectangle(cairo, middle - 1.2, top + height * 0.32, 2.4, height * 0.48);
  paint(cairo, colors::bone_edge);
}

void draw_sacrum(cairo_t* cairo, double middle, double top) {
  cairo_move_to(cairo, middle - 19, top + 1);
  cairo_line_to(cairo, middle + 19, top + 1);
  cairo_curve_to(cairo, middle + 17, top + 12, middle + 8, top + 21, middle + 4, top + 25);
  cairo_line_to(cairo, middle + 1.5, top + 33);
  cairo_line_to(cairo, middle - 1.5, top + 33);
  cairo_line_to(cairo, middle - 4, top + 25);
  cairo_curve_to(cairo, middle - 8, top + 21, middle - 17, top + 12, middle - 19, top + 1);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 0.7);
  for (int row = 0; row < 3; ++row)
    for (const double side : {-1.0, 1.0}) {
      cairo_new_sub_path(cairo);
      cairo_arc(cairo, middle + side * (8 - row * 2), top + 6 + row * 5.5, 0.9, 0, 2 * pi);
      paint(cairo, colors::bone_edge);
    }
}

void draw_skull(cairo_t* cairo, double middle, double base) {
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, middle, base, 16, pi, 2 * pi);
  cairo_curve_to(cairo, middle + 14, base + 2, middle + 6, base - 2, middle, base - 2);
  cairo_curve_to(cairo, middle - 6, base - 2, middle - 14, base + 2, middle - 16, base);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 0.7);
}

void diamond(cairo_t* cairo, double x, double y) {
  const double r = 3.6;
  cairo_move_to(cairo, x, y - r);
  cairo_line_to(cairo, x + r, y);
  cairo_line_to(cairo, x, y + r);
  cairo_line_to(cairo, x - r, y);
  cairo_close_path(cairo);
  paint(cairo, colors::brand, colors::white, 0.8);
}

/// Where a bracket may stand without crossing another; as many lanes as the box has room for.
struct Lane {
  int last_level = -3;
};

class SpineDrawing {
 public:
  SpineDrawing(cairo_t* cairo, const Box& box, const HandoutModel& model)
      : cairo_(cairo), model_(model), bones_(bones()) {
    const double natural = skull_height + bones_.top[24] + sacrum_height;
    scale_ = box.height / natural;
    middle_ = 36;
    lanes_.resize(static_cast<std::size_t>(
        std::max(1.0, std::floor((box.width / scale_ - first_lane) / lane_width))));
    plan_brackets();
    const double used = first_lane + lane_width * static_cast<double>(lanes_used_) - 5;
    cairo_save(cairo);
    cairo_translate(cairo, box.x + std::max(0.0, box.width - used * scale_) / 2, box.y);
    cairo_scale(cairo, scale_, scale_);
  }
  ~SpineDrawing() { cairo_restore(cairo_); }
  SpineDrawing(const SpineDrawing&) = delete;
  SpineDrawing& operator=(const SpineDrawing&) = delete;

  void draw() {
    cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
    draw_skull(cairo_, middle_, skull_height - 1);
    for (std::size_t i = 0; i < 24; ++i)
      draw_bone(cairo_, middle_, skull_height + bones_.top[i], bones_.width[i],
                bones_.top[i + 1] - bones_.top[i]);
    draw_sacrum(cairo_, middle_, skull_height + bones_.top[24]);
    for (const auto& symptom : model_.symptoms) mark_levels(symptom);
    for (const auto& bracket : brackets_) draw_bracket(bracket);
    for (const auto& joint : model_.joints) mark_joint(joint);
  }

 private:
  static constexpr double first_lane = 70;
  static constexpr double lane_width = 16;

  double level_y(int level) const {
    return skull_height + bones_.top[static_cast<std::size_t>(level)];
  }
  double half_width(int level) const {
    return bones_.width[static_cast<std::size_t>(std::min(level, 23))] / 2;
  }

  void mark_levels(const HandoutSymptom& symptom) {
    for (const int level : symptom.levels) {
      const double half = half_width(level) * 1.12;
      cairo_rectangle(cairo_, middle_ - half, level_y(level) - 1.7, 2 * half, 3.4);
      paint(cairo_, colors::mark);
    }
  }

  struct Bracket {
    const HandoutSymptom* symptom;
    double x;
  };

  /// From the top down, each in the first lane that is free; left out where none is.
  void plan_brackets() {
    std::vector<const HandoutSymptom*> ordered;
    for (const auto& symptom : model_.symptoms)
      if (!symptom.levels.empty()) ordered.push_back(&symptom);
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) {
      return a->levels.front() < b->levels.front();
    });
    for (const auto* symptom : ordered) {
      const auto free = std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& lane) {
        return lane.last_level + 2 < symptom->levels.front();
      });
      if (free == lanes_.end()) continue;
      free->last_level = std::max(symptom->levels.back(), symptom->levels.front() + 1);
      const auto lane = free - lanes_.begin();
      lanes_used_ = std::max(lanes_used_, lane + 1);
      brackets_.push_back({symptom, first_lane + lane_width * static_cast<double>(lane)});
    }
  }

  void draw_bracket(const Bracket& bracket) {
    const double x = bracket.x;
    const double from = level_y(bracket.symptom->levels.front());
    const double to = level_y(bracket.symptom->levels.back());
    cairo_set_line_width(cairo_, 1.3);
    source(cairo_, colors::mark);
    cairo_move_to(cairo_, x - 5, from);
    cairo_line_to(cairo_, x, from);
    cairo_line_to(cairo_, x, to);
    cairo_line_to(cairo_, x - 5, to);
    cairo_stroke(cairo_);
    number(bracket.symptom->number, x, (from + to) / 2);
  }

  void number(int value, double x, double y) {
    cairo_new_sub_path(cairo_);
    cairo_arc(cairo_, x, y, 7, 0, 2 * pi);
    paint(cairo_, colors::mark, colors::white, 1.2);
    const Style style{9, 11, true, colors::white, true};
    const auto words = Typesetter::of_this_thread().fixed(std::to_string(value), style, 20);
    source(cairo_, colors::white);
    PangoRectangle logical;
    auto* line = pango_layout_get_line_readonly(words.layout.get(), 0);
    pango_layout_line_get_extents(line, nullptr, &logical);
    cairo_move_to(cairo_, x - pango_units_to_double(logical.width) / 2, y + 3.2);
    pango_cairo_show_layout_line(cairo_, line);
  }

  void mark_joint(const HandoutJoint& joint) {
    const double away = half_width(joint.level) * 1.32 + 4;
    const double y = level_y(joint.level);
    if (joint.side == "midline" || joint.side.empty()) diamond(cairo_, middle_, y);
    if (joint.side == "left" || joint.side == "both") diamond(cairo_, middle_ - away, y);
    if (joint.side == "right" || joint.side == "both") diamond(cairo_, middle_ + away, y);
  }

  cairo_t* cairo_;
  const HandoutModel& model_;
  Bones bones_;
  double scale_ = 1;
  double middle_ = 0;
  std::vector<Lane> lanes_;
  long lanes_used_ = 0;
  std::vector<Bracket> brackets_;
};

void nerve_scene(cairo_t* cairo, const Box& box, bool pinched) {
  const Field field(cairo, box);
  const double gap = pinched ? 12 : 18;
  rounded(cairo, {64, -6, 13, 110}, 4);
  paint(cairo, colors::nerve, colors::nerve_edge, 1.1);
  bone_body(cairo, 10, 6, 60, 48 - gap / 2);
  disc_shape(cairo, 48 - gap / 2, 48 + gap / 2, pinched ? 5 : 1);
  bone_body(cairo, 10, 48 + gap / 2, 60, 90);
  facet_joint(cairo, pinched ? 7 : 0);
  nerve_band(cairo, {{{70.5, 12}, {71, 46}, {69, 58}, {34, 104}}}, 11, pinched ? 0.7 : 0);
  cairo_rectangle(cairo, 65, -6, 11, 34);  // where the nerve branches off
  paint(cairo, colors::nerve);
  if (pinched) {
    pressure(cairo, 65, 43, -0.2);
    pressure(cairo, 76, 44, pi + 0.1);
  }
  rounded(cairo, {0.5, 0.5, 119, 95}, 6);
  source(cairo, colors::line);
  cairo_set_line_width(cairo, 1);
  cairo_stroke(cairo);
}

}  // namespace

void rounded(cairo_t* cairo, const Box& box, double radius) {
  const double right = box.x + box.width;
  const double bottom = box.y + box.height;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, right - radius, box.y + radius, radius, -pi / 2, 0);
  cairo_arc(cairo, right - radius, bottom - radius, radius, 0, pi / 2);
  cairo_arc(cairo, box.x + radius, bottom - radius, radius, pi / 2, pi);
  cairo_arc(cairo, box.x + radius, box.y + radius, radius, pi, 3 * pi / 2);
  cairo_close_path(cairo);
}

void paint(cairo_t* cairo, const Color& color) {
  source(cairo, color);
  cairo_fill(cairo);
}

void paint(cairo_t* cairo, const Color& fill, const Color& edge, double edge_width) {
  source(cairo, fill);
  cairo_fill_preserve(cairo);
  source(cairo, edge);
  cairo_set_line_width(cairo, edge_width);
  cairo_stroke(cairo);
}

void draw_pinched_nerve(cairo_t* cairo, const Box& box) {
  nerve_scene(cairo, box, true);
}

void draw_free_nerve(cairo_t* cairo, const Box& box) {
  nerve_scene(cairo, box, false);
}

void draw_spine(cairo_t* cairo, const Box& box, const HandoutModel& model) {
  SpineDrawing(cairo, box, model).draw();
}

void draw_warning(cairo_t* cairo, double x, double y, double size, const Color& color) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, size, size);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(cairo, 0.5, 0.1);
  cairo_line_to(cairo, 0.95, 0.9);
  cairo_line_to(cairo, 0.05, 0.9);
  cairo_close_path(cairo);
  paint(cairo, color, color, 0.12);
  rounded(cairo, {0.445, 0.36, 0.11, 0.28}, 0.05);
  paint(cairo, colors::white);
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, 0.5, 0.77, 0.07, 0, 2 * pi);
  paint(cairo, colors::white);
  cairo_restore(cairo);
}

}  // namespace facet::handouts
