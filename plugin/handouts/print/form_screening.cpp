// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <array>
#include <set>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/print/composition.h"
#include "handouts/print/form_page.h"
#include "knowledge/body_part.h"
#include "knowledge/catalogue.h"

namespace facet::handouts {
namespace {

using knowledge::AnsweredBy;
using knowledge::Catalogue;
using knowledge::RedFlagAction;

constexpr const char* how =
    "Please tick one box for each question. If you do not know, tick Not sure. Ask us if a "
    "question "
    "is hard to read or to answer.";
constexpr const char* tell_now = "Yes or Not sure? Tell us at once.";
constexpr const char* promise =
    "I have answered as well as I can. I will tell you if anything changes.";
constexpr std::array<const char*, 3> answers{"Yes", "No", "Not sure"};

/// The questions of Questionnaire/screening (symptoms/catalogue_questionnaires_fhir.cpp) that
/// somebody has to answer, in its order.
class ScreeningForm {
 public:
  ScreeningForm(FormPage& page, const Catalogue& catalogue)
      : page_(page), sheet_(page.sheet), look_(page.look), catalogue_(catalogue) {
    for (const auto* word : answers) {
      answers_.push_back(page_.set(word, look_.body, sheet_.width()));
      answers_width_ += answer_width(answers_.back());
    }
  }

  void compose(const FormInput& input, const std::set<std::string>& asked, const Brand& brand) {
    page_.head(input, brand, "Questions before you use the bed");
    page_.fields({{"Date", "", 0.4}, {"Height", "", 0.3}, {"Weight", "", 0.3}});
    page_.gap();
    page_.paragraph(how);
    page_.gap();
    page_.heading("How you are now", 60);
    sheet_.begin_list(true);
    for (const auto& flag : catalogue_.red_flags())
      if (asked.count(flag.id) > 0) ask(flag);
    sheet_.end();
    page_.gap();
    contraindications("Your body and your health", AnsweredBy::patient);
    signature();
    contraindications("For the clinician", AnsweredBy::clinician);
    clinician_signature();
  }

 private:
  struct Line {
    TextBox words;
    bool answered = false;
  };

  bool answers_below() const { return look_.scale > 1; }
  double indent() const { return page_.scaled(26); }
  double answer_width(const TextBox& word) const {
    return page_.box_side() + page_.scaled(4) + row_width(word) + page_.scaled(12);
  }
  Line question(const std::string& words, const Style& style, double left) const {
    const double beside = answers_below() ? 0 : answers_width_;
    return {page_.set(words, style, sheet_.right() - left - beside), true};
  }
  Line note(const std::string& words, const Style& style, double left) const {
    return {page_.set(words, style, sheet_.right() - left)};
  }

  double height(const Line& line) const {
    const double below = line.answered && answers_below() ? look_.body.leading : 0;
    return line.words.height() + below + page_.scaled(3);
  }

  void place(const Line& line, double x) {
    sheet_.text("P", line.words, x, sheet_.y);
    if (line.answered) {
      const double top = sheet_.y + (answers_below() ? line.words.height() : 0);
      place_answers(answers_below() ? x : sheet_.right() - answers_width_ + page_.scaled(12), top);
    }
    sheet_.y += height(line);
  }

  void place_answers(double x, double top) {
    sheet_.begin("P");
    for (const auto& word : answers_) {
      page_.tick_box(x, top, look_.body.leading);
      sheet_.text("Span", word, x + page_.box_side() + page_.scaled(4), top);
      x += answer_width(word);
    }
    sheet_.end();
  }

  /// One numbered question with all that belongs to it, on one page if a page can hold it.
  void item(const std::vector<Line>& lines, const std::vector<Line>& parts) {
    double total = page_.scaled(6);
    for (const auto& line : lines) total += height(line);
    for (const auto& line : parts) total += height(line);
    sheet_.keep(total);
    rule();
    sheet_.begin("LI");
    sheet_.text("Lbl", page_.set(std::to_string(++count_), look_.label, indent()), sheet_.left(),
                sheet_.y);
    sheet_.begin("LBody");
    for (const auto& line : lines) place(line, sheet_.left() + indent());
    if (!parts.empty()) sheet_.begin_list(false);
    for (const auto& line : parts) {
      sheet_.keep(height(line));
      sheet_.begin("LI");
      sheet_.begin("LBody");
      place(line, sheet_.left() + 2 * indent());
      sheet_.end();
      sheet_.end();
    }
    if (!parts.empty()) sheet_.end();
    sheet_.end();
    sheet_.end();
    sheet_.y += page_.scaled(2);
  }

  void rule() {
    const double y = sheet_.y;
    sheet_.ornament([x = sheet_.left(), y, width = sheet_.width()](cairo_t* c) {
      cairo_rectangle(c, x, y, width, 0.6);
      paint(c, colors::line);
    });
    sheet_.y += page_.scaled(3);
  }

  void ask(const knowledge::RedFlag& flag) {
    const double left = sheet_.left() + indent();
    std::vector<Line> lines;
    const bool lead_in = !flag.yes_when.question_yes;
    lines.push_back(lead_in ? note(flag.question, look_.strong, left)
                            : question(flag.question, look_.strong, left));
    if (!flag.help_text.empty()) lines.push_back(note(flag.help_text, look_.quiet, left));
    if (flag.action == RedFlagAction::emergency || flag.action == RedFlagAction::same_day) {
      Style urgent = look_.strong;
      urgent.color = colors::urgent;
      lines.push_back(note(tell_now, urgent, left));
    }
    if (!lead_in && !flag.items.empty())
      lines.push_back(note("If Yes or Not sure:", look_.quiet, left));
    std::vector<Line> parts;
    for (const auto& part : flag.items)
      parts.push_back(question(part.text, look_.body, left + indent()));
    item(lines, parts);
  }

  void contraindications(const char* heading, AnsweredBy who) {
    page_.heading(heading, 60);
    sheet_.begin_list(true);
    for (const auto& rule : catalogue_.contraindications()) {
      if (rule.answered_by != who) continue;
      const double left = sheet_.left() + indent();
      std::vector<Line> lines{question(rule.question, look_.strong, left)};
      if (!rule.help_text.empty()) lines.push_back(note(rule.help_text, look_.quiet, left));
      item(lines, {});
    }
    sheet_.end();
    page_.gap();
  }

  void signature() {
    sheet_.keep(page_.scaled(60));
    page_.paragraph(promise);
    page_.fields({{"Signed", "", 0.65}, {"Date", "", 0.35}});
    page_.gap();
  }

  void clinician_signature() {
    sheet_.keep(page_.scaled(80));
    page_.fields({{"Checked by", "", 0.55}, {"Registration number", "", 0.45}});
    page_.fields({{"Signed", "", 0.65}, {"Date", "", 0.35}});
  }

  FormPage& page_;
  Sheet& sheet_;
  const Look& look_;
  const Catalogue& catalogue_;
  std::vector<TextBox> answers_;
  double answers_width_ = 0;
  int count_ = 0;
};

}  // namespace

base::Status compose_screening(FormPage& page, const FormInput& input, const Brand& brand) {
  const auto& catalogue = knowledge::catalogue();
  const auto& always = catalogue.logic().ask_before_bed;
  std::set<std::string> asked(always.begin(), always.end());
  for (const auto& id : input.symptoms) {
    if (id == knowledge::other_symptom_id) continue;
    const auto* symptom = catalogue.find_symptom(id);
    if (!symptom) return base::invalid("symptoms", "There is no symptom \"" + id + "\".");
    asked.insert(symptom->ask_red_flags.begin(), symptom->ask_red_flags.end());
  }
  ScreeningForm(page, catalogue).compose(input, asked, brand);
  return {};
}

}  // namespace facet::handouts
