// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/paper_form.h"

#include <catch2/catch.hpp>
#include <thread>

#include "handouts/pictures/logo.h"
#include "knowledge/catalogue.h"
#include "logos.h"
#include "ua_check.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

FormInput blank() {
  FormInput input;
  input.clinic = "Riverside Physiotherapy";
  input.printed_on = std::chrono::year{2026} / 11 / 22;
  return input;
}

std::string print(PaperForm which, const FormInput& input, const PrintFormat& format = {},
                  const Brand& brand = {}) {
  auto pdf = render_paper_form(which, input, format, brand);
  if (!pdf) FAIL(pdf.error().message);
  return *pdf;
}

std::string spoken(const std::string& pdf) {
  return check_ua(pdf).spoken();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Paper forms are accessible in every format", "[form]") {
  const auto which = GENERATE(PaperForm::body_chart, PaperForm::screening);
  const auto paper = GENERATE(Paper::a4, Paper::letter);
  const auto size = GENERATE(TextSize::standard, TextSize::large);
  Brand brand;
  brand.logo = std::make_shared<const Logo>(*Logo::read(good_logos()[1]));
  const auto report = check_ua(print(which, blank(), {paper, size, Sides::two, false}, brand));
  INFO(report.told());
  CHECK(report.violations.empty());
  CHECK(holds(report.spoken(), "Riverside Physiotherapy"));
}

TEST_CASE("The body chart asks where, how strong and what kind", "[form]") {
  const auto text = spoken(print(PaperForm::body_chart, blank()));
  for (const auto* words :
       {"Where does it hurt?", "Name:", "Date of birth:", "Right Front Left", "Left Back Right",
        "Worst, last 7 days: 0 1 2 3 4 5 6 7 8 9 10",
        "Average, last 7 days:", "Now:", "Tick every word", "Burning", "Numb"}) {
    CAPTURE(words);
    CHECK(holds(text, words));
  }
}

TEST_CASE("The screening form asks what the screen asks everybody", "[form]") {
  const auto& catalogue = facet::knowledge::catalogue();
  const auto text = spoken(print(PaperForm::screening, blank()));
  for (const auto& id : catalogue.logic().ask_before_bed) {
    const auto* flag = catalogue.find_red_flag(id);
    CAPTURE(id);
    CHECK(holds(text, flag->question));
    for (const auto& item : flag->items) CHECK(holds(text, item.text + " Yes No Not sure"));
    if (flag->yes_when.question_yes) CHECK(holds(text, flag->question + " Yes No Not sure"));
  }
  for (const auto& rule : catalogue.contraindications()) {
    CAPTURE(rule.id);
    const bool asked = rule.answered_by != facet::knowledge::AnsweredBy::record;
    CHECK(holds(text, rule.question + " Yes No Not sure") == asked);
  }
  CHECK(holds(text, "Tell us at once"));
  CHECK(holds(text, "Signed:"));
  for (const auto& flag : catalogue.red_flags())
    if (!flag.staff_note.empty()) CHECK_FALSE(holds(text, flag.staff_note));
}

TEST_CASE("A patient's symptoms bring their own questions", "[form]") {
  auto input = blank();
  CHECK_FALSE(holds(spoken(print(PaperForm::screening, input)), "worst of your life"));
  input.symptoms = {"headache", "other"};
  CHECK(holds(spoken(print(PaperForm::screening, input)), "worst of your life"));
  input.symptoms = {"no_such_symptom"};
  const auto refused = render_paper_form(PaperForm::screening, input, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().field == "symptoms");
}

TEST_CASE("Names are printed where they are known, however long", "[form]") {
  const auto which = GENERATE(PaperForm::body_chart, PaperForm::screening);
  auto input = blank();
  input.patient = "Ann 안나 آن Ąćż";
  input.birth_date = "3 May 1961";
  CHECK(holds(spoken(print(which, input)), "Date of birth: 3 May 1961"));
  input.patient = input.clinic = std::string(200, 'W');
  CHECK(check_ua(print(which, input)).violations.empty());
  input.patient = "\xff";
  CHECK_FALSE(render_paper_form(which, input, {}));
}

TEST_CASE("A form is not printed as a booklet, and prints the same from any thread", "[form]") {
  const auto refused = render_paper_form(PaperForm::screening, blank(),
                                         {Paper::a4, TextSize::standard, Sides::two, true});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().field == "booklet");
  const auto first = print(PaperForm::screening, blank());
  std::vector<int> same(3, 0);
  std::vector<std::thread> threads;
  for (auto& count : same)
    threads.emplace_back([&] {
      const auto pdf = render_paper_form(PaperForm::screening, blank(), {});
      count = pdf && *pdf == first ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  CHECK(same == std::vector<int>(3, 1));
}
