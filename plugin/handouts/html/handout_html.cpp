// SPDX-License-Identifier: MPL-2.0
#include "handouts/html/handout_html.h"

#include <algorithm>
#include <cctype>
#include <exception>

#include "handouts/html/handout_style.h"
#include "handouts/pictures/colors.h"
#include "handouts/pictures/logo.h"
#include "handouts/pictures/pictures.h"
#include "handouts/pictures/qr_code.h"
#include "handouts/pictures/svg_picture.h"
#include "handouts/print/font_gate.h"

namespace facet::handouts {
namespace {

constexpr char reference_language[] = "en-GB";
constexpr std::size_t most_before_safety = 3;  // symptoms: when to get help is seen at once

bool part_of_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '-';
}

/// "C5-C6" stays on one line.
std::string with_whole_joints(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && part_of_name(text[end])) ++end;
    const auto word = text.substr(at, end - at);
    const bool joint = word.size() >= 5 && word.find('-') != word.npos &&
                       std::isdigit(static_cast<unsigned char>(word.back())) != 0;
    out += joint ? "<span class=\"whole\">" + word + "</span>" : word;
    for (at = end; at < text.size() && !part_of_name(text[at]); ++at) out += text[at];
  }
  return out;
}

std::vector<BodyMark> body_marks(const HandoutModel& model) {
  std::vector<BodyMark> marks;
  for (const auto& symptom : model.symptoms)
    for (const auto& part : symptom.body_parts)
      marks.push_back({part, symptom.side, symptom.number});
  return marks;
}

class Page {
 public:
  Page(const HandoutModel& model, const Brand& brand) : model_(model), brand_(brand) {}

  std::string write() {
    out_ = "<!DOCTYPE html>\n<html lang=\"" + escaped(model_.language) + "\" dir=\"" +
           (model_.right_to_left ? "rtl" : "ltr") + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(model_.title) + "</title>\n<style>" + style_sheet(model_, brand_) +
           "</style>\n</head>\n<body>\n";
    head();
    out_ += "<main>\n";
    section("about", model_.about);
    const bool own_first = model_.symptoms.size() <= most_before_safety;
    if (model_.personal() && own_first) personal();
    safety();
    if (model_.personal() && !own_first) personal();
    if (!model_.plan.rows.empty()) plan();
    contact();
    section("bed", model_.bed);
    for (const auto& secret : model_.secrets) idea(secret);
    section("choices", model_.choices);
    closing();
    out_ += "</main>\n";
    foot();
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void element(const std::string& name, const std::string& text, const std::string& style = "") {
    open(name, style);
    out_ += escaped(text);
    close(name);
  }
  void open(const std::string& name, const std::string& style = "") {
    out_ += '<' + name + (style.empty() ? "" : " class=\"" + style + '"') + '>';
  }
  void close(const std::string& name) { out_ += "</" + name + ">\n"; }

  void words(const Paragraph& paragraph) {
    for (const auto& span : paragraph)
      out_ += span.strong ? "<strong>" + escaped(span.text) + "</strong>" : escaped(span.text);
  }
  void paragraph(const Paragraph& text, const std::string& style = "") {
    open("p", style);
    words(text);
    close("p");
  }

  void head() {
    open("header");
    if (brand_.logo) logo();
    if (!model_.clinic.empty()) element("p", model_.clinic, "clinic");
    element("h1", model_.title);
    open("div", "top");
    element("p", model_.subtitle, "subtitle");
    if (!model_.draft_mark.empty()) element("p", model_.draft_mark, "draft");
    close("div");
    paragraph(model_.made_for);
    close("header");
    if (!model_.missing.empty()) element("p", model_.missing, "missing");
  }

  /// The clinic's name stands beside it, in words.
  void logo() {
    constexpr double height = 48, widest = 160;
    const Box box{0, 0, std::min(widest, height * brand_.logo->aspect()), height};
    out_ += inline_svg("logo-", box.width, box.height, "", "logo",
                       [&](cairo_t* c) { brand_.logo->draw(c, box); });
  }

  void section(const std::string& style, const Section& section) {
    open("section", style);
    if (!section.heading.empty()) element("h2", section.heading);
    for (const auto& text : section.paragraphs) paragraph(text);
    close("section");
  }

  // --- the patient's own part ---
  void personal() {
    open("section", "yours");
    element("h2", model_.your_heading);
    if (model_.has_spine() || model_.has_body()) pictures();
    if (!model_.symptoms.empty()) {
      open("ol", "symptoms");
      for (const auto& symptom : model_.symptoms) item(symptom);
      close("ol");
    }
    for (const auto& finding : model_.findings) paragraph(finding);
    close("section");
  }

  /// Spine and body under one caption, as in print.
  void pictures() {
    constexpr Box spine{0, 0, 84, 178}, body{0, 0, 120, 178};
    open("figure", model_.has_spine() && model_.has_body() ? "two" : "one");
    if (model_.has_spine())
      out_ += inline_svg("spine-", spine.width, spine.height, model_.spine.alt, "spine",
                         [&](cairo_t* c) { draw_spine(c, spine, model_); });
    if (model_.has_body())
      out_ += inline_svg("body-", body.width, body.height, model_.body.alt, "body",
                         [&](cairo_t* c) { draw_body(c, body, body_marks(model_)); });
    element("figcaption", model_.has_spine() ? model_.spine.caption : model_.body.caption);
    close("figure");
  }

  void item(const HandoutSymptom& symptom) {
    open("li");
    element("span", std::to_string(symptom.number), "number");
    out_ += "<p><strong>" + escaped(symptom.title) + "</strong></p>\n";
    out_ += "<p>" + with_whole_joints(escaped(symptom.nerve_path)) + "</p>\n";
    element("p", symptom.bed);
    close("li");
  }

  // --- when to get help ---
  void safety() {
    box("urgent", model_.urgent, inline_svg("sign-", 20, 20, "", "sign", [](cairo_t* c) {
          draw_warning(c, 0.5, 0.5, 19, colors::urgent);
        }));
    open("div", "pair");
    box("today", model_.today, "");
    box("soon", model_.soon, "");
    close("div");
  }

  void box(const std::string& style, const Section& section, const std::string& sign) {
    open("section", "box " + style);
    out_ += "<h2>" + sign + escaped(section.heading) + "</h2>\n<ul>\n";
    for (const auto& item : section.paragraphs) {
      open("li");
      words(item);
      close("li");
    }
    close("ul");
    close("section");
  }

  // --- what comes next ---
  void plan() {
    const auto& plan = model_.plan;
    open("section", "plan");
    element("h2", plan.heading);
    out_ += "<table>\n<thead><tr>";
    for (const auto& column : plan.columns)
      out_ += "<th scope=\"col\">" + escaped(column) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : plan.rows) {
      out_ += "<tr>";
      for (const auto& cell : row) out_ += "<td>" + escaped(cell) + "</td>";
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n";
    for (const auto& note : plan.notes) paragraph(note);
    close("section");
  }

  void contact() {
    open("section", "contact");
    element("h2", model_.contact.heading);
    for (const auto& text : model_.contact.paragraphs) paragraph(text);
    close("section");
  }

  // --- the four ideas ---
  void idea(const Secret& secret) {
    open("section", "idea");
    open("div", "top");
    out_ += "<h2><span>" + std::to_string(secret.number) + "</span>" + escaped(secret.heading) +
            "</h2>\n";
    element("p", secret.proof, "proof");
    close("div");
    if (secret.number == 1) picture("pinched", model_.pinched, draw_pinched_nerve);
    if (secret.number == 2) picture("free", model_.free, draw_free_nerve);
    if (secret.number == 3) picture("chain", model_.chain, draw_chain);
    for (const auto* text : {&secret.author_says, &secret.research_says, &secret.for_you})
      paragraph(*text);
    out_ += "<p class=\"source\">" + escaped(secret.source_label) + " <cite lang=\"" +
            reference_language + "\" dir=\"ltr\">" + escaped(secret.source) + "</cite></p>\n";
    close("section");
  }

  void picture(const std::string& name, const Picture& picture,
               void (*draw)(cairo_t*, const Box&)) {
    constexpr Box box{0, 0, 100, 78};
    open("figure");
    out_ += inline_svg(name + '-', box.width, box.height, picture.alt, "",
                       [&](cairo_t* c) { draw(c, box); });
    element("figcaption", picture.caption);
    close("figure");
  }

  void closing() {
    open("section", "closing");
    open("div");
    for (const auto& text : model_.closing.paragraphs) paragraph(text);
    close("div");
    constexpr Box box{0, 0, 60, 60};
    if (!model_.document_id.empty())
      out_ += inline_svg("code-", box.width, box.height, model_.code_alt, "code",
                         [&](cairo_t* c) { draw_qr(c, box, "urn:uuid:" + model_.document_id); });
    close("section");
  }

  void foot() {
    open("footer", "screen");
    element("p", model_.document_line);
    element("p", model_.text_version + "  |  " + model_.review);
    close("footer");
  }

  const HandoutModel& model_;
  const Brand& brand_;
  std::string out_;
};

}  // namespace

base::Result<std::string> render_html(const HandoutModel& model, const Brand& brand) try {
  return FontGate::pass([&] { return Page(model, brand).write(); });
} catch (const std::exception& defect) {
  return base::fail(base::ErrorCode::internal, "",
                    std::string("The page could not be made: ") + defect.what());
}

}  // namespace facet::handouts
