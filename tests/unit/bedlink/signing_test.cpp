// SPDX-License-Identifier: MPL-2.0
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/clock.h"
#include "base/interval.h"
#include "bedlink/jws.h"
#include "bedlink/messages.h"
#include "bedlink/order.h"
#include "bedlink/pairing.h"

using namespace facet;
using namespace facet::bedlink;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "facet-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

const std::int64_t now = base::SystemClock().now_ms();

}  // namespace

TEST_CASE("base64url takes only the one canonical spelling") {
  CHECK(base64url(std::string("\xfb\xff\x00", 3)) == "-_8A");
  for (const std::string text : {"", "f", "fo", "foo", "foob"})
    CHECK(from_base64url(base64url(text)) == text);
  for (const char* bad : {"Zg==", "Z", "Zh", "Zm9v\n", "Zm+v", "Zm9_Zm9=", "Z g"})
    CHECK_FALSE(from_base64url(bad));
}

TEST_CASE("A signature holds for its key, its type and its exact bytes only") {
  const auto key = Key::generate().value();
  const auto other = Key::generate().value();
  const auto jws = sign_jws(key, "t", "{\"a\":1}").value();
  CHECK(verify_jws(key, "t", jws) == "{\"a\":1}");
  CHECK(verify_jws(Key::from_public_pem(key.public_pem()).value(), "t", jws));
  CHECK_FALSE(verify_jws(other, "t", jws));
  CHECK_FALSE(verify_jws(key, "u", jws));
  CHECK_FALSE(verify_jws(key, "t", jws + "A"));
  CHECK_FALSE(verify_jws(key, "t", jws.substr(jws.find('.') + 1)));
  const auto none = base64url("{\"alg\":\"none\",\"typ\":\"t\"}") + jws.substr(jws.find('.'));
  CHECK_FALSE(verify_jws(key, "t", none));
  for (std::size_t i = 0; i < jws.size(); ++i)
    for (int bit = 0; bit < 7; ++bit) {
      auto flipped = jws;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      if (verify_jws(key, "t", flipped)) FAIL("byte " << i << " bit " << bit);
    }
}

TEST_CASE("The clinic's keys are made once, kept private, and the gateway's certificate renewed") {
  Folder folder;
  const auto first = open_clinic_keys(folder.path, "c-1", {"localhost"}, now);
  REQUIRE(first);
  const auto again = open_clinic_keys(folder.path, "c-1", {"localhost"}, now);
  REQUIRE(again);
  CHECK(again->gateway.pem() == first->gateway.pem());
  CHECK(again->order_key.public_pem() == first->order_key.public_pem());
  const auto moved = open_clinic_keys(folder.path, "c-1", {"localhost", "10.0.0.5"}, now);
  CHECK(moved->gateway.pem() != first->gateway.pem());
  CHECK(moved->ca.pem() == first->ca.pem());
  const auto later = open_clinic_keys(folder.path, "c-1", {"localhost"}, now + 380 * base::day_ms);
  CHECK(later->gateway.not_after_ms() > moved->gateway.not_after_ms());
  for (const auto& entry : std::filesystem::directory_iterator(folder.path)) {
    struct stat info {};
    REQUIRE(::stat(entry.path().c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
  }
  CHECK(identity(first->gateway, "clinic") == "c-1");
  CHECK_FALSE(identity(first->gateway, "bed"));
  CHECK_FALSE(identity(first->ca, "bed"));
}

TEST_CASE("A bed's certificate follows its request's key and the clinic's word, for 90 days") {
  Folder folder;
  const auto clinic = open_clinic_keys(folder.path, "c-1", {"localhost"}, now).value();
  const auto key = Key::generate().value();
  const auto csr = make_csr(key).value();
  const auto certificate = issue_bed(clinic.ca, clinic.ca_key, csr, "bed-1", now);
  REQUIRE(certificate);
  CHECK(identity(*certificate, "bed") == "bed-1");
  CHECK(certificate->public_key().public_pem() == key.public_pem());
  CHECK(certificate->not_after_ms() / 1000 == (now + 90 * base::day_ms) / 1000);
  CHECK(certificate->spki().size() == 64);
  CHECK(Certificate::from_pem(certificate->pem())->spki() == certificate->spki());
  CHECK_FALSE(issue_bed(clinic.ca, clinic.ca_key, csr, "bed/1", now));
  auto broken = csr;
  broken[csr.size() / 2] = broken[csr.size() / 2] == 'A' ? 'B' : 'A';
  CHECK_FALSE(issue_bed(clinic.ca, clinic.ca_key, broken, "bed-1", now));
  CHECK_FALSE(issue_bed(clinic.ca, clinic.ca_key, "", "bed-1", now));
}

TEST_CASE("An order that a bed would refuse is never signed") {
  const auto key = Key::generate().value();
  Order order;
  CHECK_FALSE(sign_order(key, order));
  const auto code = make_match_code();
  CHECK(matches(code.code, code.salt, code.hash));
  CHECK_FALSE(matches("0000", code.salt, code.hash));
  order = {"o-1", "bed-1", 1,  "p", code.salt, code.hash, "standard",          "1",  {"left_mid"},
           1200,  80,      40, 24,  "",        now,       now + base::hour_ms, 3600, "supervised",
           7};
  const auto jws = sign_order(key, order);
  REQUIRE(jws);
  CHECK(order_text(*verify_order(key, *jws)) == order_text(order));
  order.not_after_ms = now + 13 * base::hour_ms;
  CHECK_FALSE(sign_order(key, order));
  order.not_after_ms = now + base::hour_ms;
  order.regions = {"left_mid", "left_mid"};
  CHECK_FALSE(sign_order(key, order));
}

TEST_CASE("A bed's identity survives its disk") {
  const BedIdentity identity{"bed-1", "c-1", "key", "cert", "ca", "order"};
  const auto read = parse_identity(identity_text(identity));
  REQUIRE(read);
  CHECK(read->key_pem == "key");
  CHECK(read->order_key_pem == "order");
  CHECK_FALSE(parse_identity("{}"));
  CHECK_FALSE(parse_identity("torn"));
  CHECK(make_pairing_code().size() == pairing_code_length);
}
