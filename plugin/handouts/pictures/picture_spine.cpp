// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"
#include "handouts/pictures/stamp.h"
#include "handouts/spinal_level.h"

namespace facet::handouts {
namespace {

constexpr double pi = std::numbers::pi;

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

/// Layer by layer, so that each is drawn in one colour and one width.
void draw_bones(cairo_t* cairo, const Bones& bones, double middle, double top) {
  const auto each = [&](const auto& draw) {
    for (std::size_t i = 0; i < 24; ++i)
      draw(bones.width[i], top + bones.top[i], bones.top[i + 1] - bones.top[i]);
  };
  each([&](double width, double y, double height) {
    const double arm = width * 0.66;
    cairo_rectangle(cairo, middle - arm, y + height * 0.30, 2 * arm, height * 0.30);
    paint(cairo, colors::bone, colors::bone_edge, 0.7);
  });
  constexpr double corner = 2.1;
  const auto body = [&](double width, double y, double height) {
    cairo_rectangle(cairo, middle - width * 0.4 + corner, y + 0.5 + corner,
                    width * 0.8 - 2 * corner, height - 1.2 - 2 * corner);
  };
  each([&](double width, double y, double height) {
    body(width, y, height);
    thick_stroke(cairo, colors::bone_edge, 2 * corner + 0.7);
    cairo_new_path(cairo);
  });
  each([&](double width, double y, double height) {
    body(width, y, height);
    paint(cairo, colors::bone, colors::bone, 2 * corner - 0.7);
  });
  each([&](double, double y, double height) {
    cairo_rectangle(cairo, middle - 1.2, y + height * 0.32, 2.4, height * 0.48);
    paint(cairo, colors::bone_edge);
  });
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
    for (const double side : {-1.0, 1.0})
      dot(cairo, middle + side * (8 - row * 2), top + 6 + row * 5.5);
  thick_stroke(cairo, colors::bone_edge, 1.8);
  cairo_new_path(cairo);
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
  double free_from = 0;
};

class SpineDrawing {
 public:
  SpineDrawing(const Box& box, const HandoutModel& model)
      : box_(box), model_(model), bones_(bones()) {
    const double natural = skull_height + bones_.top[24] + sacrum_height;
    scale_ = box.height / natural;
    middle_ = 36;
    disc_ = std::max(7.0, least_disc_radius / scale_);
    lane_width_ = 2 * disc_ + 2;
    lanes_.resize(static_cast<std::size_t>(
        std::max(1.0, std::floor((box.width / scale_ - first_lane + 7) / lane_width_))));
    plan_brackets();
    const double used = first_lane + lane_width_ * static_cast<double>(lanes_used_) - 5;
    box_.x += std::max(0.0, box.width - used * scale_) / 2;
  }

  /// Where the bones are.
  Box bones_box() const { return {box_.x, box_.y, 2 * middle_ * scale_, box_.height}; }

  void draw_bare(cairo_t* cairo) const {
    cairo_save(cairo);
    cairo_translate(cairo, box_.x, box_.y);
    cairo_scale(cairo, scale_, scale_);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    draw_skull(cairo, middle_, skull_height - 1);
    draw_bones(cairo, bones_, middle_, skull_height);
    draw_sacrum(cairo, middle_, skull_height + bones_.top[24]);
    cairo_restore(cairo);
  }

  void draw_marks(cairo_t* cairo) {
    cairo_ = cairo;
    cairo_save(cairo);
    cairo_translate(cairo, box_.x, box_.y);
    cairo_scale(cairo, scale_, scale_);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    for (const auto& symptom : model_.symptoms) mark_levels(symptom);
    for (const auto& bracket : brackets_) draw_bracket(bracket);
    for (const auto& joint : model_.joints) mark_joint(joint);
    cairo_restore(cairo);
  }

 private:
  static constexpr double first_lane = 70;

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
      const double from = level_y(symptom->levels.front());
      const double to = level_y(symptom->levels.back());
      const double middle = (from + to) / 2;
      const auto free = std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& lane) {
        return lane.free_from < std::min(from, middle - disc_);
      });
      if (free == lanes_.end()) continue;
      free->free_from = std::max(to, middle + disc_) + 2;
      const auto lane = free - lanes_.begin();
      lanes_used_ = std::max(lanes_used_, lane + 1);
      brackets_.push_back({symptom, first_lane + lane_width_ * static_cast<double>(lane)});
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
    numbered_disc(cairo_, bracket.symptom->number, x, (from + to) / 2, disc_);
  }

  void mark_joint(const HandoutJoint& joint) {
    const double away = half_width(joint.level) * 1.32 + 4;
    const double y = level_y(joint.level);
    if (joint.side == "midline" || joint.side.empty()) diamond(cairo_, middle_, y);
    if (joint.side == "left" || joint.side == "both") diamond(cairo_, middle_ - away, y);
    if (joint.side == "right" || joint.side == "both") diamond(cairo_, middle_ + away, y);
  }

  cairo_t* cairo_ = nullptr;
  Box box_;
  const HandoutModel& model_;
  Bones bones_;
  double scale_ = 1;
  double middle_ = 0;
  double disc_ = 7;  // radius of a number
  double lane_width_ = 16;
  std::vector<Lane> lanes_;
  long lanes_used_ = 0;
  std::vector<Bracket> brackets_;
};

}  // namespace

void draw_spine(cairo_t* cairo, const Box& box, const HandoutModel& model) {
  SpineDrawing drawing(box, model);
  drawing.draw_bare(cairo);
  drawing.draw_marks(cairo);
}

StampedPicture stamped_spine(const Box& box, const HandoutModel& model) {
  static const Stamp bare = [] {
    static const HandoutModel nobody;
    const Box whole{0, 0, 1000, 178};
    Box at = SpineDrawing(whole, nobody).bones_box();
    return make_stamp(at.width, at.height, [=](cairo_t* c, const Box&) {
      cairo_translate(c, -at.x, 0);
      SpineDrawing(whole, nobody).draw_bare(c);
    });
  }();
  const Box own{0, 0, box.width, box.height};
  return {{{&bare, SpineDrawing(own, model).bones_box()}}, [&model](cairo_t* c, const Box& at) {
            SpineDrawing drawing(at, model);
            hold_place(c, drawing.bones_box());
            drawing.draw_marks(c);
          }};
}

}  // namespace facet::handouts
