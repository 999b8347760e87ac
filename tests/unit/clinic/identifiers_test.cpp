// SPDX-License-Identifier: MPL-2.0
#include "clinic/identifiers.h"

#include <catch2/catch.hpp>

#include "clinic/needs_fhir.h"

using namespace facet::clinic;

namespace {
const std::string nhs = "https://fhir.nhs.uk/Id/nhs-number";
const std::string chi = "urn:oid:2.16.840.1.113883.2.1.3.2.4.16.53";
const std::string hsc = "https://fhir.nhs.uk/Id/hsc-number";
}  // namespace

TEST_CASE("an NHS number is ten digits of which the last checks the others") {
  // 943 476 5919 is the example of the NHS Data Dictionary; 999 numbers are for tests.
  for (const auto* good : {"9434765919", "943 476 5919", "9990000018", "4010232137"}) {
    INFO(good);
    CHECK(read_identifier(nhs, good));
  }
  CHECK(read_identifier(nhs, "943 476 5919")->value == "9434765919");
  CHECK(read_identifier(nhs, "9434765919")->national);
  for (const auto* bad : {"9434765918", "9434765910", "943476591", "94347659190", "94347659l9", "",
                          "943-476-5919", "9999999999", "0000000000"}) {
    INFO(bad);
    CHECK_FALSE(read_identifier(nhs, bad));
  }
}

TEST_CASE("a single wrong digit and two digits swapped are always found") {
  const std::string good = "9434765919";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      auto wrong = good;
      wrong[i] = c;
      CHECK(has_modulo_11_digit(wrong) == (c == good[i]));
    }
    if (i + 1 == good.size() || good[i] == good[i + 1]) continue;
    auto swapped = good;
    std::swap(swapped[i], swapped[i + 1]);
    CHECK_FALSE(has_modulo_11_digit(swapped));
  }
}

TEST_CASE("nine digits whose check digit would be ten are no number") {
  int without = 0;
  for (int number = 400'000'000; number < 400'000'110; ++number) {
    int fits = 0;
    for (char c = '0'; c <= '9'; ++c)
      fits += has_modulo_11_digit(std::to_string(number) + c) ? 1 : 0;
    CHECK(fits <= 1);
    without += fits == 0 ? 1 : 0;
  }
  CHECK(without == 10);
}

TEST_CASE("a CHI number begins with a day that exists") {
  CHECK(read_identifier(chi, "0101701231") == std::nullopt);  // right day, wrong check digit
  int good = 0, no_day = 0;
  for (char c = '0'; c <= '9'; ++c) {
    good += read_identifier(chi, std::string("010170123") + c) ? 1 : 0;
    no_day += read_identifier(chi, std::string("310270123") + c) ? 1 : 0;
    no_day += read_identifier(chi, std::string("000170123") + c) ? 1 : 0;
    no_day += read_identifier(chi, std::string("011370123") + c) ? 1 : 0;
  }
  CHECK(good == 1);
  CHECK(no_day == 0);
  CHECK(read_identifier(nhs, "9434765919"));
  CHECK_FALSE(read_identifier(chi, "9434765919"));
  CHECK(read_identifier(hsc, "9434765919"));
  CHECK_FALSE(read_identifier(hsc, "9434765918"));
}

TEST_CASE("the CHI number has one name, whichever a client uses") {
  for (char c = '0'; c <= '9'; ++c) {
    const auto value = std::string("010170123") + c;
    const auto one = read_identifier(chi, value);
    const auto other = read_identifier("https://fhir.nhs.uk/Id/chi-number", value);
    REQUIRE(one.has_value() == other.has_value());
    if (one) CHECK(one->system == other->system);
  }
}

TEST_CASE("identifiers of other systems are kept as they are") {
  const auto kept = read_identifier("urn:insurer:policy", "AB 123/x");
  REQUIRE(kept);
  CHECK(kept->value == "AB 123/x");
  CHECK_FALSE(kept->national);
}

TEST_CASE("a telephone number is one number however it is written") {
  CHECK(phone_digits("+44 20 7946 0018") == phone_digits("020 7946 0018"));
  CHECK(phone_digits("(020) 7946-0018") == "079460018");
  CHECK(phone_digits("999") == "999");
  CHECK(phone_digits("99").empty());
  CHECK(phone_digits("123456789012345") == "789012345");
  CHECK(phone_digits("1234567890123456").empty());
  CHECK(phone_digits("ask reception").empty());
}

TEST_CASE("a language is a tag of BCP 47") {
  for (const auto* good :
       {"en", "en-GB", "bfi", "zh-Hant", "zh-Hant-TW", "es-419", "sl-rozaj", "de-1996"}) {
    INFO(good);
    CHECK(is_language(good));
  }
  for (const auto* bad : {"", "e", "english", "en_GB", "en-", "-en", "en--GB", "en-GB-GB", "en-G",
                          "12", "en-Latn-Latn", "en GB"}) {
    INFO(bad);
    CHECK_FALSE(is_language(bad));
  }
}
