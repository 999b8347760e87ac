// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/personal_part.h"

#include <algorithm>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/pictures/pictures.h"

namespace facet::handouts {
namespace {

struct SymptomBoxes {
  TextBox title, path, bed;
  double height() const { return title.height() + path.height() + bed.height(); }
};

class PersonalPart {
 public:
  explicit PersonalPart(const Composition& work)
      : work_(work), sheet_(work.sheet), model_(work.model), look_(work.look) {
    pictures_width_ = (model_.has_spine() ? spine_width() : 0) +
                      (model_.has_spine() && model_.has_body() ? space_between() : 0) +
                      (model_.has_body() ? body_width() : 0);
    beside_ = pictures_width_ > 0 &&
              sheet_.width() - pictures_width_ - text_space() >= work.least_column();
  }

  /// Of everything as if it began on a new page.
  double height() const {
    const double width = beside_ ? column() : sheet_.width();
    double words = 0;
    for (const auto& symptom : model_.symptoms) {
      const bool low = beside_ && words >= pictures_height();
      words += boxes(symptom, (low ? sheet_.width() : width) - number_room()).height() + after();
    }
    for (const auto& finding : model_.findings)
      words +=
          own(finding, look_.body, words >= pictures_height() ? sheet_.width() : width).height() +
          work_.scaled(4);
    const double heading = look_.heading.leading + 2;
    if (!beside_)
      return heading + words + (pictures_width_ > 0 ? pictures_height() + look_.gap : 0);
    return heading + std::max(words, pictures_height() - rise());
  }

  void place() {
    const auto head = work_.type.fixed(model_.your_heading, look_.heading, sheet_.width());
    sheet_.keep(head.height() + (pictures_width_ > 0 ? pictures_height() : work_.scaled(60)));
    sheet_.flow("H2", head, sheet_.left());
    sheet_.y += 2;
    place_pictures();
    place_symptoms();
    for (const auto& finding : model_.findings) {
      sheet_.flow("P", own(finding, look_.body, width_for(look_.body.leading * 2)), sheet_.left());
      sheet_.y += work_.scaled(4);
    }
    if (sheet_.page() == page_) sheet_.y = std::max(sheet_.y, below_pictures_);
    sheet_.y += look_.gap;
  }

 private:
  double spine_width() const { return work_.scaled(78); }
  double body_width() const { return work_.scaled(127); }
  double picture_height() const { return work_.scaled(172); }
  double space_between() const { return work_.scaled(6); }
  double text_space() const { return work_.scaled(12); }
  double number_room() const { return work_.scaled(24); }
  double after() const { return work_.scaled(5); }
  double rise() const { return beside_ ? work_.scaled(18) : 0; }  // beside the heading
  double column() const { return sheet_.width() - pictures_width_ - text_space(); }

  TextBox caption() const {
    const auto& words = model_.has_spine() ? model_.spine.caption : model_.body.caption;
    return work_.type.fixed(words, look_.caption, pictures_width_);
  }
  double pictures_height() const {
    return pictures_width_ > 0 ? picture_height() + work_.scaled(3) + caption().height() : 0;
  }

  template <class Text>
  TextBox own(const Text& words, const Style& style, double width) const {
    return work_.type.personal(words, style, width);
  }

  SymptomBoxes boxes(const HandoutSymptom& symptom, double width) const {
    return {own(symptom.title, look_.strong, width), own(symptom.nerve_path, look_.body, width),
            work_.type.fixed(symptom.bed, look_.body, width)};
  }

  /// Words stand beside the pictures as far down as they go, then take the whole width.
  double width_for(double height) const {
    const bool beside =
        beside_ && sheet_.page() == page_ && sheet_.y < below_pictures_ && sheet_.room() >= height;
    return beside ? column() : sheet_.width();
  }

  void place_pictures() {
    page_ = sheet_.page();
    below_pictures_ = sheet_.y;
    if (pictures_width_ <= 0) return;
    const double top = sheet_.y - rise();
    const double x = beside_ ? sheet_.right() - pictures_width_
                             : sheet_.left() + (sheet_.width() - pictures_width_) / 2;
    double at = x;
    if (model_.has_spine()) {
      picture({at, top, spine_width(), picture_height()}, model_.spine.alt,
              [&](const Box& box) { return stamped_spine(box, model_); });
      at += spine_width() + space_between();
    }
    if (model_.has_body())
      picture({at, top, body_width(), picture_height()}, model_.body.alt,
              [&](const Box& box) { return stamped_body(box, body_marks()); });
    sheet_.text("P", caption(), x, top + picture_height() + work_.scaled(3));
    below_pictures_ = top + pictures_height() + work_.scaled(2);
    if (!beside_) sheet_.y = below_pictures_ + look_.gap;
  }

  template <class Stamped>
  void picture(const Box& frame, const std::string& alt, const Stamped& stamped) {
    fill_box(sheet_, frame, 6, colors::mist);
    const double edge = work_.scaled(6);
    const Box box{frame.x + edge, frame.y + edge, frame.width - 2 * edge, frame.height - 2 * edge};
    sheet_.figure(alt, box, stamped(box));
  }

  std::vector<BodyMark> body_marks() const {
    std::vector<BodyMark> marks;
    for (const auto& symptom : model_.symptoms)
      for (const auto& part : symptom.body_parts)
        marks.push_back({part, symptom.side, symptom.number});
    return marks;
  }

  void place_symptoms() {
    if (model_.symptoms.empty()) return;
    sheet_.begin_list(true);
    for (const auto& symptom : model_.symptoms) item(symptom);
    sheet_.end();
  }

  void item(const HandoutSymptom& symptom) {
    auto words = boxes(symptom, width_for(work_.scaled(75)) - number_room());
    if (sheet_.room() < words.height()) {
      sheet_.turn();
      words = boxes(symptom, sheet_.width() - number_room());
    }
    const double y = sheet_.y;
    const double radius = work_.scaled(8.5);
    sheet_.ornament([x = sheet_.left() + radius, y = y + work_.scaled(7.5), radius](cairo_t* c) {
      circle(c, x, y, radius);
      paint(c, colors::mark);
    });
    Style digits = look_.number;
    digits.size = work_.scaled(11), digits.leading = work_.scaled(15);
    const auto number = std::to_string(symptom.number);
    sheet_.begin("LI");
    sheet_.text("Lbl", work_.type.fixed(number, digits, 2 * radius), sheet_.left(), y);
    sheet_.begin("LBody");
    for (const auto* box : {&words.title, &words.path, &words.bed})
      sheet_.flow("P", *box, sheet_.left() + number_room());
    sheet_.end();
    sheet_.end();
    sheet_.y += after();
  }

  const Composition& work_;
  Sheet& sheet_;
  const HandoutModel& model_;
  const Look& look_;
  double pictures_width_ = 0;
  bool beside_ = false;
  int page_ = 0;
  double below_pictures_ = 0;
};

}  // namespace

double personal_height(const Composition& work) {
  return PersonalPart(work).height();
}

void place_personal(Composition& work) {
  PersonalPart(work).place();
}

}  // namespace facet::handouts
