// SPDX-License-Identifier: MPL-2.0
#include "entry/loose_sheets.h"

#include <ctime>

#include "base/json.h"
#include "handouts/handout_wish.h"
#include "handouts/press.h"
#include "handouts/print/paper_form.h"
#include "handouts/print/typesetter.h"

namespace facet::entry {
namespace {

using base::Json;

std::chrono::year_month_day today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return {std::chrono::year(local.tm_year + 1900),
          std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)),
          std::chrono::day(static_cast<unsigned>(local.tm_mday))};
}

/// The first look at the fonts is read by a thread of Pango's own: it may begin while the words are
/// read. Saves 8 of 70 ms of a process that prints one sheet.
void look_for_fonts() {
  handouts::Typesetter::of_this_thread("en-GB", false);
}

Json finding(const std::string& what, const std::string& fault) {
  return {{"what", what}, {"fault", fault}};
}

}  // namespace

base::Result<std::string> print_general(const LooseSheet& sheet) {
  const auto wish = handouts::read_wish(sheet.wishes, handouts::WishFor::anybody);
  if (!wish) return tl::unexpected<base::Error>(wish.error());
  const auto format = handouts::format_of(*wish, false);
  if (!format) return tl::unexpected<base::Error>(format.error());
  look_for_fonts();
  const handouts::Press press(sheet.folder);
  handouts::HandoutInput input;
  input.language = wish->language.value_or("en-GB");
  input.track = wish->track;
  input.clinic = sheet.clinic;
  input.given_on = today();
  const auto texts = press.texts().find(input.language);
  if (!texts) return tl::unexpected<base::Error>(texts.error());
  const auto proof = press.set(input, *texts);
  if (!proof) return tl::unexpected<base::Error>(proof.error());
  return press.pdf(*proof, *format);
}

base::Result<std::string> print_blank(const std::string& form, const LooseSheet& sheet) {
  using handouts::PaperForm;
  if (form != "body-chart" && form != "screening")
    return base::invalid("form", "The forms are body-chart and screening.");
  const auto wish = handouts::read_wish(sheet.wishes, handouts::WishFor::anybody);
  if (!wish) return tl::unexpected<base::Error>(wish.error());
  const auto format = handouts::format_of(*wish, false);
  if (!format) return tl::unexpected<base::Error>(format.error());
  look_for_fonts();
  auto brand = handouts::BrandFolder(sheet.folder).read();
  if (!brand) return base::pass(brand);
  handouts::FormInput input;
  input.clinic = sheet.clinic;
  input.printed_on = today();
  return handouts::render_paper_form(
      form == "screening" ? PaperForm::screening : PaperForm::body_chart, input, *format, **brand);
}

std::string check_folder(const std::filesystem::path& folder) {
  const handouts::Press press(folder);
  Json list = Json::array();
  for (const auto& language : press.texts().languages())
    list.push_back(
        finding("handouts in " + language.code +
                    (language.approval ? "" : ", a draft until a clinician signs it off"),
                language.problem));
  const auto brand = press.brand().read();
  const std::string look = !brand            ? ""
                           : (*brand)->logo  ? " (its own logo)"
                           : (*brand)->color ? " (its own colour)"
                                             : " (ours)";
  list.push_back(finding("the look of handouts" + look, brand ? "" : brand.error().message));
  return list.dump();
}

}  // namespace facet::entry
