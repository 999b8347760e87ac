// SPDX-License-Identifier: MPL-2.0
#include "handouts/html/handout_style.h"

#include <cmath>
#include <cstdio>
#include <map>

#include "handouts/pictures/colors.h"

namespace facet::handouts {
namespace {

/// "$name" is a value from below; sides are named because not every printer of HTML knows logical
/// ones.
constexpr const char* rules = R"(
@page {
  size: A4; margin: 15mm; font: 10pt/12pt "Noto Sans", sans-serif; color: $quiet;
  @bottom-$start { content: $document "\A " $version; white-space: pre; }
  @bottom-$end { content: $pages; }
  @top-$start { content: $clinic; }
  @top-$end { content: $title; }
}
@page :first { @top-$start { content: none; } @top-$end { content: none; } }
* { box-sizing: border-box; }
html { background: $mist; }
body {
  font: 12pt/15pt "Noto Sans", "Noto Sans Arabic", "NanumBarunGothic", "Noto Sans CJK KR", sans-serif;
  color: $ink; background: #fff; max-width: 210mm; margin: 16pt auto; padding: 15mm;
  overflow-wrap: anywhere; hyphens: none;
}
:lang(ko) { word-break: keep-all; }
h1, h2, h3, p, ul, ol, table, figure { margin: 0; padding: 0; }
h1 { font-size: 27pt; line-height: 34pt; color: $brand; }
h2 { font-size: 15pt; line-height: 20pt; color: $brand; break-after: avoid; }
p { orphans: 2; widows: 2; margin-bottom: 3pt; }
ul, ol { list-style: none; }
section { margin-bottom: 9pt; }
section::after { content: ""; display: block; clear: both; }
header { border-$start: 5pt solid $brand; padding-$start: 9pt; margin-bottom: 9pt; }
header p { margin: 0; }
.clinic { font: bold 13pt/17pt "Noto Sans", sans-serif; color: $quiet; }
.logo { float: $end; width: auto; height: 48pt; max-width: 40%; }
.subtitle { font: bold 13pt/17pt "Noto Sans", sans-serif; color: $brand; }
.draft {
  font-weight: bold; color: $urgent; background: $urgent_ground;
  border: 0.8pt solid $urgent; border-radius: 6pt; padding: 0 8pt;
}
.missing {
  font-weight: bold; background: $caution_ground; border: 1.2pt solid $caution;
  border-radius: 6pt; padding: 4pt 8pt; margin-bottom: 9pt;
}
figure { float: $end; margin-$start: 14pt; text-align: center; break-inside: avoid; }
svg { display: block; height: auto; }
.idea svg { width: 100%; }
figcaption { font-size: 12pt; line-height: 14pt; color: $quiet; }
.yours figure { margin-top: -18pt; }
.yours figure.two { width: 234pt; }
.yours figure.one { width: 132pt; }
.spine, .body { background: $mist; border-radius: 6pt; padding: 6pt; float: $start; }
.spine { width: 96pt; }
.body { width: 132pt; }
.two .body { margin-$start: 6pt; }
.yours figcaption { clear: both; padding-top: 3pt; }
.idea figure { width: 100pt; }
.symptoms li { position: relative; padding-$start: 24pt; margin-bottom: 7pt; break-inside: avoid; }
.symptoms p { margin: 0; }
.number {
  position: absolute; $start: 0; width: 17pt; height: 17pt; border-radius: 9pt;
  font: bold 11pt/17pt "Noto Sans", sans-serif; text-align: center; color: #fff; background: $mark;
}
.box { border: 1.2pt solid $brand; border-radius: 6pt; background: $mist; padding: 9pt; }
.box { break-inside: avoid; margin: 0; }
.box h2 { font-size: 12pt; line-height: 15pt; margin-bottom: 2pt; }
.box li { position: relative; padding-$start: 11pt; margin-bottom: 1pt; break-inside: avoid; }
.box li::before { content: "•"; position: absolute; $start: 0; font-weight: bold; }
.urgent { border: 2pt solid $urgent; background: $urgent_ground; margin-bottom: 7pt; }
.urgent h2 { font-size: 14pt; line-height: 18pt; color: $urgent; padding-$start: 25pt; }
.urgent h2 { position: relative; }
.urgent ul { columns: 2; column-gap: 12pt; }
.sign { position: absolute; $start: -1pt; top: -1pt; width: 20pt; height: 20pt; }
.pair { display: flex; gap: 9pt; margin-bottom: 11pt; break-inside: avoid; }
.pair .box { flex: 1; }
.today, .soon { padding-bottom: 7pt; }
.today { border-color: $caution; background: $caution_ground; }
.today h2 { color: $caution; }
.idea { break-inside: avoid; }
.idea h2 { font-size: 13.5pt; line-height: 18pt; }
.idea h2 span {
  display: inline-block; width: 18pt; border-radius: 4pt; margin-$end: 8pt;
  font-size: 12pt; text-align: center; color: #fff; background: $brand;
}
.idea p { margin-bottom: 1.5pt; }
.top { display: flex; flex-wrap: wrap; justify-content: space-between; }
.idea .proof {
  font: bold 12pt/18pt "Noto Sans", sans-serif; color: $brand; background: $mist;
  border-radius: 9pt; padding: 0 8pt; margin: 0;
}
.source { color: $quiet; }
cite { font-style: normal; unicode-bidi: isolate; }
.whole { white-space: nowrap; }
.contact h2 { font-size: 12pt; line-height: 15pt; float: $start; color: $ink; }
.contact p { float: $start; margin-$start: 12pt; }
.closing { break-inside: avoid; display: flex; gap: 4pt; align-items: center; }
.closing div { background: $mist; border-radius: 6pt; padding: 6pt 8pt; flex: 1; }
.closing p { margin: 0; }
.code { flex: none; width: 60pt; }
table { break-inside: avoid; width: 100%; border-collapse: collapse; margin-bottom: 4pt; }
th, td { text-align: $start; vertical-align: top; padding: 2pt 6pt; border-bottom: 0.8pt solid $line; }
th { color: $brand; background: $mist; }
tr { break-inside: avoid; }
footer { font-size: 10pt; line-height: 12pt; color: $quiet; border-top: 0.6pt solid $line; }
footer { padding-top: 4pt; }
@media print {
  html, body { background: #fff; }
  body { max-width: none; margin: 0; padding: 0; print-color-adjust: exact; }
  footer.screen { display: none; }
  section, header { margin-bottom: 5pt; }
  p { margin-bottom: 1pt; }
  .box { padding: 6pt 9pt; }
  .urgent, .pair { margin-bottom: 5pt; }
  .symptoms li { margin-bottom: 4pt; }
  td, th { padding: 1pt 6pt; }
  .top { margin-bottom: 1pt; }
}
@media screen and (max-width: 600px) {
  body { padding: 16px; margin: 0; }
  .pair { display: block; }
  .pair .box { margin-bottom: 7pt; }
  .urgent ul { columns: 1; }
  .yours figure { float: none; margin: 8pt auto; }
  .contact h2, .contact p { float: none; margin: 0; }
}
)";

std::string css_color(const Color& color) {
  const auto byte = [](double v) { return static_cast<unsigned>(std::lround(v * 255)); };
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", byte(color.red) & 255, byte(color.green) & 255,
                byte(color.blue) & 255);
  return text;
}

/// Words in quotes; nothing in them can end the string or the style element.
std::string css_string(const std::string& words) {
  std::string text = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\' || c == '<' || c == '>' || static_cast<unsigned char>(c) < 0x20) {
      char code[16];
      std::snprintf(code, sizeof code, "\\%x ", static_cast<unsigned>(c));
      text += code;
    } else {
      text += c;
    }
  }
  return text + '"';
}

/// "Page {page} of {pages}" with the counters of the printer.
std::string page_count(const Template& line) {
  std::string text;
  for (const auto& run : line.runs) {
    if (!text.empty()) text += ' ';
    text += run.placeholder.empty() ? css_string(run.text) : "counter(" + run.placeholder + ')';
  }
  return text;
}

using Named = std::map<std::string, std::string, std::less<>>;

Named values(const HandoutModel& model, const Brand& brand) {
  using namespace colors;
  Named named{{"start", model.right_to_left ? "right" : "left"},
              {"end", model.right_to_left ? "left" : "right"},
              {"document", css_string(model.document_line)},
              {"version", css_string(model.text_version + "  |  " + model.review)},
              {"pages", page_count(model.page_line)},
              {"clinic", css_string(model.clinic)},
              {"title", css_string(model.title)},
              {"brand", css_color(brand.color.value_or(colors::brand))}};
  const std::pair<const char*, const Color*> ours[] = {
      {"ink", &ink},         {"quiet", &quiet},
      {"mist", &mist},       {"line", &line},
      {"urgent", &urgent},   {"urgent_ground", &urgent_ground},
      {"caution", &caution}, {"caution_ground", &caution_ground},
      {"mark", &mark}};
  for (const auto& [name, color] : ours) named[name] = css_color(*color);
  return named;
}

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

std::string style_sheet(const HandoutModel& model, const Brand& brand) {
  const auto named = values(model, brand);
  std::string text;
  for (const char* at = rules; *at != 0;) {
    if (*at != '$') {
      text += *at++;
      continue;
    }
    const char* end = at + 1;
    while (in_name(*end)) ++end;
    text += named.find(std::string_view(at + 1, static_cast<std::size_t>(end - at - 1)))->second;
    at = end;
  }
  return text;
}

}  // namespace facet::handouts
