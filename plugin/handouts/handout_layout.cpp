// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_layout.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "handouts/colors.h"
#include "handouts/pictures.h"

namespace facet::handouts {
namespace {

constexpr double left = Sheet::margin;
constexpr double gap = 9;  // between blocks

constexpr Style body{12, 15, false, colors::ink, false};
constexpr Style strong{12, 15, true, colors::ink, false};
constexpr Style small{10, 12.5, false, colors::quiet, false};
constexpr Style small_strong{10, 13, true, colors::brand, false};
constexpr Style caption{10, 12.5, false, colors::quiet, true};
constexpr Style title{27, 34, true, colors::brand, false};
constexpr Style clinic{13, 17, true, colors::quiet, false};
constexpr Style heading{15, 20, true, colors::brand, false};
constexpr Style idea_heading{13.5, 18, true, colors::brand, false};
constexpr Style number{12, 18, true, colors::white, true};
constexpr Style furniture{9, 12, false, colors::quiet, false};

double row_width(const TextBox& words) {
  PangoRectangle logical;
  pango_layout_line_get_extents(pango_layout_get_line_readonly(words.layout.get(), 0), nullptr,
                                &logical);
  return pango_units_to_double(logical.width);
}

void fill_box(Sheet& sheet, const Box& box, double radius, const Color& ground) {
  sheet.ornament([=](cairo_t* c) {
    rounded(c, box, radius);
    paint(c, ground);
  });
}

void frame_box(Sheet& sheet, const Box& box, const Color& ground, const Color& edge,
               double edge_width) {
  sheet.ornament([=](cairo_t* c) {
    rounded(c, box, 6);
    paint(c, ground, edge, edge_width);
  });
}

/// A list in a tinted frame with a heading; one or two columns.
class SafetyBox {
 public:
  struct Look {
    Color ground, edge;
    bool sign;
    int columns;
  };

  SafetyBox(const Section& section, double width, Look look) : look_(look), width_(width) {
    auto& type = Typesetter::of_this_thread();
    const double inner = width - 2 * padding;
    Style head = strong;
    head.color = look.edge;
    if (look.sign) head.size = 14, head.leading = 18;
    heading_ = type.fixed(section.heading, head, inner - (look.sign ? sign_room : 0));
    const double column = (inner - (look.columns - 1) * column_gap) / look.columns;
    for (const auto& item : section.paragraphs)
      items_.push_back(type.fixed(item, body, column - indent));
    const auto half = (items_.size() + static_cast<std::size_t>(look.columns) - 1) /
                      static_cast<std::size_t>(look.columns);
    double y = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i % half == 0) y = 0;
      places_.push_back({static_cast<double>(i / half) * (column + column_gap), y});
      y += items_[i].height() + 1;
      list_height_ = std::max(list_height_, y);
    }
  }

  double height() const { return heading_.height() + list_height_ + 2 * padding + 1; }

  void place(Sheet& sheet, double x, double top, double height) const {
    frame_box(sheet, {x, top, width_, height}, look_.ground, look_.edge, look_.sign ? 2 : 1.2);
    double at = x + padding;
    if (look_.sign) {
      sheet.ornament([=, edge = look_.edge](cairo_t* c) {
        draw_warning(c, at - 1, top + padding - 1, 19, edge);
      });
      at += sign_room;
    }
    sheet.text("H2", heading_, at, top + padding);
    const double list_top = top + padding + heading_.height() + 2;
    sheet.begin("L");
    for (std::size_t i = 0; i < items_.size(); ++i) {
      sheet.begin("LI");
      const double item_x = x + padding + places_[i].first;
      const double item_y = list_top + places_[i].second;
      sheet.text("Lbl", Typesetter::of_this_thread().fixed("•", strong, indent), item_x, item_y);
      sheet.text("LBody", items_[i], item_x + indent, item_y);
      sheet.end();
    }
    sheet.end();
  }

 private:
  static constexpr double padding = 9;
  static constexpr double indent = 11;
  static constexpr double column_gap = 12;
  static constexpr double sign_room = 25;

  Look look_;
  double width_;
  TextBox heading_;
  std::vector<TextBox> items_;
  std::vector<std::pair<double, double>> places_;
  double list_height_ = 0;
};

class Composer {
 public:
  Composer(Sheet& sheet, const HandoutModel& model)
      : sheet_(sheet), model_(model), type_(Typesetter::of_this_thread()) {}

  void compose() {
    head();
    section(model_.about, false);
    if (!model_.personal()) {
      safety();
    } else if (personal_height() + gap + safety_height() <= sheet_.room()) {
      personal();
      safety();
    } else {
      safety();
      personal();
    }
    section(model_.bed, false);
    for (const auto& secret : model_.secrets) {
      sheet_.keep(idea_height(secret));
      idea(secret);
    }
    section(model_.choices, true);
    closing();
  }

 private:
  // --- head ---
  void head() {
    const auto name = type_.personal(model_.clinic, clinic, Sheet::width - 16);
    const auto top = sheet_.y;
    sheet_.text("P", name, left + 14, top);
    const auto words = type_.fixed(model_.title, title, Sheet::width - 16);
    sheet_.text("H1", words, left + 14, top + name.height());
    const auto made_for = type_.personal(model_.made_for, body, Sheet::width - 16);
    const double below = top + name.height() + words.height() + 2;
    sheet_.text("P", made_for, left + 14, below);
    const double height = below + made_for.height() + 1 - top;
    fill_box(sheet_, {left, top + 1, 5, height - 2}, 2.5, colors::brand);
    sheet_.y = top + height + gap;
  }

  // --- plain sections ---
  void section(const Section& section, bool rule) {
    const auto head = type_.fixed(section.heading, heading, Sheet::width);
    std::vector<TextBox> words;
    double height = head.height();
    for (const auto& paragraph : section.paragraphs) {
      words.push_back(type_.fixed(paragraph, body, Sheet::width));
      height += words.back().height() + 3;
    }
    sheet_.keep(height);
    if (rule) thin_rule();
    sheet_.flow("H2", head, left);
    for (const auto& paragraph : words) {
      sheet_.flow("P", paragraph, left);
      sheet_.y += 3;
    }
    sheet_.y += gap - 3;
  }

  void thin_rule() {
    if (sheet_.y <= Sheet::margin) return;
    const double y = sheet_.y - gap / 2 + 1;
    sheet_.ornament([y](cairo_t* c) {
      cairo_rectangle(c, left, y, Sheet::width, 0.8);
      paint(c, colors::line);
    });
  }

  // --- the patient's own part ---
  static constexpr double spine_width = 128;
  static constexpr double spine_height = 200;
  static constexpr double beside_spine = Sheet::width - spine_width - 14;
  static constexpr double spine_rise = 18;  // the picture begins beside the heading
  static constexpr double number_room = 24;

  bool has_spine() const {
    return !model_.joints.empty() ||
           std::any_of(model_.symptoms.begin(), model_.symptoms.end(),
                       [](const auto& symptom) { return !symptom.levels.empty(); });
  }

  struct SymptomBoxes {
    TextBox title, path, bed;
    double height() const { return title.height() + path.height() + bed.height(); }
  };

  SymptomBoxes boxes(const HandoutSymptom& symptom, double width) {
    return {own(symptom.title, strong, width), own(symptom.nerve_path, body, width),
            own(symptom.bed, body, width)};
  }

  double personal_height() {
    const double width = has_spine() ? beside_spine : Sheet::width;
    double height = 0;
    for (const auto& symptom : model_.symptoms)
      height += boxes(symptom, width - number_room).height() + 7;
    for (const auto& finding : model_.findings) height += own(finding, body, width).height() + 4;
    return heading.leading + 2 +
           std::max(height, has_spine() ? spine_block_height() - spine_rise : 0);
  }

  double spine_block_height() {
    return spine_height + 4 + type_.fixed(model_.spine.caption, caption, spine_width).height();
  }

  void personal() {
    const auto head = type_.fixed(model_.your_heading, heading, Sheet::width);
    const bool spine_shown = has_spine();
    sheet_.keep(head.height() + (spine_shown ? spine_block_height() : 60));
    sheet_.flow("H2", head, left);
    sheet_.y += 2;
    const int page = sheet_.page();
    const double top = sheet_.y;
    const double below_spine = spine_shown ? top - spine_rise + spine_block_height() : top;
    if (spine_shown) spine(top - spine_rise);
    const auto width = [&](double height) {
      const bool beside =
          sheet_.page() == page && sheet_.y < below_spine && sheet_.room() >= height;
      return beside ? beside_spine : Sheet::width;
    };
    if (!model_.symptoms.empty()) sheet_.begin("L");
    for (const auto& symptom : model_.symptoms) item(symptom, width);
    if (!model_.symptoms.empty()) sheet_.end();
    for (const auto& finding : model_.findings) {
      sheet_.flow("P", own(finding, body, width(30)), left);
      sheet_.y += 4;
    }
    if (sheet_.page() == page) sheet_.y = std::max(sheet_.y, below_spine);
    sheet_.y += gap;
  }

  template <class Width>
  void item(const HandoutSymptom& symptom, const Width& width) {
    auto words = boxes(symptom, width(75) - number_room);
    if (sheet_.room() < words.height()) {
      sheet_.turn();
      words = boxes(symptom, Sheet::width - number_room);
    }
    const double y = sheet_.y;
    sheet_.ornament([y](cairo_t* c) {
      cairo_new_sub_path(c);
      cairo_arc(c, left + 8.5, y + 7.5, 8.5, 0, 6.2832);
      paint(c, colors::mark);
    });
    Style digits = number;
    digits.size = 11, digits.leading = 15;
    sheet_.begin("LI");
    sheet_.text("Lbl", type_.fixed(std::to_string(symptom.number), digits, 17), left, y);
    sheet_.begin("LBody");
    for (const auto* box : {&words.title, &words.path, &words.bed})
      sheet_.flow("P", *box, left + number_room);
    sheet_.end();
    sheet_.end();
    sheet_.y += 7;
  }

  void spine(double top) {
    const double x = left + Sheet::width - spine_width;
    fill_box(sheet_, {x, top, spine_width, spine_height}, 6, colors::mist);
    const Box box{x + 6, top + 6, spine_width - 12, spine_height - 12};
    sheet_.figure({model_.spine.alt, box},
                  [box, &model = model_](cairo_t* c) { draw_spine(c, box, model); });
    sheet_.text("P", type_.fixed(model_.spine.caption, caption, spine_width), x,
                top + spine_height + 3);
  }

  // --- when to get help ---
  SafetyBox urgent() {
    return {model_.urgent, Sheet::width, {colors::urgent_ground, colors::urgent, true, 2}};
  }
  SafetyBox today() {
    return {model_.today,
            (Sheet::width - gap) * 0.52,
            {colors::caution_ground, colors::caution, false, 1}};
  }
  SafetyBox soon() {
    return {model_.soon, (Sheet::width - gap) * 0.48, {colors::mist, colors::brand, false, 1}};
  }

  double safety_height() {
    return urgent().height() + 7 + std::max(today().height(), soon().height());
  }

  void safety() {
    sheet_.keep(safety_height());
    const auto first = urgent();
    first.place(sheet_, left, sheet_.y, first.height());
    sheet_.y += first.height() + 7;
    const auto second = today();
    const auto third = soon();
    const double height = std::max(second.height(), third.height());
    second.place(sheet_, left, sheet_.y, height);
    third.place(sheet_, left + (Sheet::width - gap) * 0.52 + gap, sheet_.y, height);
    sheet_.y += height + gap + 2;
  }

  // --- the four ideas ---
  static constexpr double picture_width = 104;
  static constexpr double picture_height = 80;
  static constexpr double beside_picture = Sheet::width - picture_width - 14;

  const Picture* picture_of(const Secret& secret) const {
    return secret.number == 1 ? &model_.pinched : secret.number == 2 ? &model_.free : nullptr;
  }

  double picture_block() { return picture_height + 3 + caption.leading; }

  /// Words stand beside the picture as far down as it goes, then take the whole width.
  double width_at(double below_head, const Secret& secret) {
    return picture_of(secret) && below_head < picture_block() - 4 ? beside_picture : Sheet::width;
  }

  double idea_height(const Secret& secret) {
    double y = 0;
    for (const auto* words : {&secret.author_says, &secret.research_says, &secret.for_you})
      y += type_.fixed(*words, body, width_at(y, secret)).height() + 2;
    y += type_.fixed(secret.source, small, width_at(y, secret)).height();
    if (picture_of(secret)) y = std::max(y, picture_block());
    return idea_heading.leading + 2 + y;
  }

  void idea(const Secret& secret) {
    const double head_top = sheet_.y;
    sheet_.ornament([head_top](cairo_t* c) {
      rounded(c, {left, head_top, 18, 18}, 4);
      paint(c, colors::brand);
    });
    const auto head = type_.fixed(secret.heading, idea_heading, Sheet::width - 26);
    sheet_.begin("H2");
    sheet_.text("Span", type_.fixed(std::to_string(secret.number), number, 18), left, head_top);
    sheet_.text("Span", head, left + 26, head_top);
    sheet_.end();
    sheet_.y += head.height() + 2;
    proof(secret, head_top, row_width(head));
    const double top = sheet_.y;
    const int page = sheet_.page();
    if (const auto* picture = picture_of(secret)) show(*picture, secret.number == 1, top);
    const auto width = [&] {
      return sheet_.page() == page ? width_at(sheet_.y - top, secret) : Sheet::width;
    };
    for (const auto* words : {&secret.author_says, &secret.research_says, &secret.for_you}) {
      sheet_.flow("P", type_.fixed(*words, body, width()), left);
      sheet_.y += 2;
    }
    sheet_.flow("P", type_.fixed(secret.source, small, width()), left);
    if (picture_of(secret) && sheet_.page() == page)
      sheet_.y = std::max(sheet_.y, top + picture_block());
    sheet_.y += gap;
  }

  /// A label at the right of the heading.
  void proof(const Secret& secret, double top, double head_width) {
    const auto words = type_.fixed(secret.proof, small_strong, Sheet::width);
    const double width = row_width(words);
    if (words.lines > 1 || width + head_width + 50 > Sheet::width) {
      sheet_.flow("P", words, left);
      return;
    }
    const double x = left + Sheet::width - width;
    fill_box(sheet_, {x - 8, top, width + 8, 18}, 9, colors::mist);
    sheet_.text("P", words, x - 4, top + 2.5);
  }

  void show(const Picture& picture, bool pinched, double top) {
    const double x = left + Sheet::width - picture_width;
    const Box box{x, top, picture_width, picture_height};
    sheet_.figure({picture.alt, box}, [box, pinched](cairo_t* c) {
      pinched ? draw_pinched_nerve(c, box) : draw_free_nerve(c, box);
    });
    sheet_.text("P", type_.fixed(picture.caption, caption, picture_width), x,
                top + picture_height + 3);
  }

  // --- the end ---
  void closing() {
    for (const auto& paragraph : model_.closing.paragraphs) {
      const auto words = type_.fixed(paragraph, strong, Sheet::width - 20);
      sheet_.keep(words.height() + 14);
      fill_box(sheet_, {left, sheet_.y, Sheet::width, words.height() + 12}, 6, colors::mist);
      sheet_.text("P", words, left + 10, sheet_.y + 6);
      sheet_.y += words.height() + 12;
    }
  }

  /// Words about the patient: measured once, kept only as long as this sheet.
  template <class Words>
  const TextBox& own(const Words& words, const Style& style, double width) {
    auto& kept = own_[{&words, width}];
    if (!kept.layout) kept = type_.personal(words, style, width);
    return kept;
  }

  Sheet& sheet_;
  const HandoutModel& model_;
  Typesetter& type_;
  std::map<std::pair<const void*, double>, TextBox> own_;
};

void draw_row(cairo_t* cairo, const TextBox& words, double x, double y) {
  const auto& color = words.style.color;
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
  cairo_move_to(cairo, x, y);
  pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(words.layout.get(), 0));
}

/// One line at most, cut with an ellipsis.
TextBox one_row(const std::string& text, double width) {
  auto words = Typesetter::of_this_thread().personal(text, furniture, width);
  pango_layout_set_ellipsize(words.layout.get(), PANGO_ELLIPSIZE_MIDDLE);
  return words;
}

}  // namespace

void lay_out(Sheet& sheet, const HandoutModel& model) {
  Composer(sheet, model).compose();
}

void draw_furniture(cairo_t* cairo, const HandoutModel& model, int page, int pages) {
  const double right = Sheet::margin + Sheet::width;
  const auto words =
      fill(model.page_line, {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}});
  const double base = Sheet::page_height - 22;
  const auto count = one_row(plain(words.value()), Sheet::width);
  const double count_x = right - row_width(count);
  draw_row(cairo, count, count_x, base);
  const auto version = one_row(model.text_version, 170);
  const double version_x = count_x - 16 - row_width(version);
  draw_row(cairo, version, version_x, base);
  draw_row(cairo, one_row(model.document_line, version_x - 16 - Sheet::margin), Sheet::margin,
           base);
  cairo_rectangle(cairo, Sheet::margin, base - 13, Sheet::width, 0.6);
  paint(cairo, colors::line);
  if (page == 1) return;
  const auto title_row = one_row(model.title, Sheet::width);
  const double title_x = right - row_width(title_row);
  draw_row(cairo, title_row, title_x, 30);
  draw_row(cairo, one_row(model.clinic, title_x - 16 - Sheet::margin), Sheet::margin, 30);
}

}  // namespace facet::handouts
