// SPDX-License-Identifier: MPL-2.0
#include <fstream>
#include <sstream>

#include "storage/digest.h"
#include "storage/sealing.h"
#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using storage::PatientKeys;
using storage::Transaction;

namespace {

std::string bytes_of_folder(const std::filesystem::path& folder) {
  std::ostringstream all;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
  return all.str();
}

/// A patient with a sealed name, as plugin/clinic writes one.
base::Status add_patient(storage::Database& database, const std::string& id,
                         const std::string& name) {
  return database.write([&](Transaction& tx) -> base::Status {
    const PatientKeys keys(test_keys());
    const auto cipher = keys.create(tx, id, now_ms);
    tx.execute(
        "insert into patient (id, version, recorded_ms, author_id, organization_id, active, "
        "name_sealed) "
        "values (:id, 1, 1, 'u', 'o', 1, :name)",
        id, cipher.seal(name, "patient.name"));
    for (const auto& token : keys.name_tokens(name))
      tx.execute("insert into patient_name_token (token, patient_id) values (:token, :id)", token,
                 id);
    return {};
  });
}

std::optional<std::string> name_of(storage::Database& database, const std::string& id) {
  auto name = database.read([&](Transaction& tx) -> base::Result<std::optional<std::string>> {
    const auto sealed =
        tx.query_one<std::string>("select name_sealed from patient where id = :id", id);
    return PatientKeys(test_keys()).get(tx, id).unseal(std::get<0>(*sealed), "patient.name");
  });
  REQUIRE(name.has_value());
  return *name;
}

std::vector<std::string> typed(storage::Database& database, const std::string& text) {
  auto found = database.read([&](Transaction& tx) -> base::Result<std::vector<std::string>> {
    std::vector<std::string> ids;
    for (const auto& token : PatientKeys(test_keys()).typed_tokens(text))
      for (const auto& [id] : tx.query<std::string>(
               "select patient_id from patient_name_token where token = :token order by patient_id",
               token))
        ids.push_back(id);
    return ids;
  });
  REQUIRE(found.has_value());
  return *found;
}

}  // namespace

TEST_CASE("a sealed value opens with its own key and place only") {
  const std::string key(32, 'k');
  const auto plain =
      GENERATE(std::string(), std::string("Zoë"), std::string("a\0b", 3), std::string(5000, 'x'));
  const auto sealed = storage::seal(key, plain, "patient.name/p1");
  CHECK((storage::unseal(key, sealed, "patient.name/p1") == plain));
  CHECK_FALSE(storage::unseal(std::string(32, 'j'), sealed, "patient.name/p1"));
  CHECK_FALSE(storage::unseal(key, sealed, "patient.name/p2"));
  CHECK_FALSE(storage::unseal(key, sealed, "patient.address/p1"));
  CHECK(storage::seal(key, plain, "patient.name/p1") != sealed);
  CHECK_THROWS(storage::seal("short", plain, "x"));
}

TEST_CASE("a sealed value with one bit changed, cut or added to does not open") {
  const std::string key(32, 'k');
  const auto sealed = storage::seal(key, "Jane Roe", "p");
  for (std::size_t i = 0; i < sealed.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      auto changed = sealed;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      INFO(i << ", bit " << bit);
      CHECK_FALSE(storage::unseal(key, changed, "p"));
    }
  for (std::size_t length = 0; length < sealed.size(); ++length)
    CHECK_FALSE(storage::unseal(key, sealed.substr(0, length), "p"));
  CHECK_FALSE(storage::unseal(key, sealed + "AAAA", "p"));
  CHECK_FALSE(storage::unseal(key, " " + sealed, "p"));
}

TEST_CASE("the HMAC is HMAC-SHA-256, whatever key came before (RFC 4231, cases 1, 2 and 6)") {
  for (int round = 0; round < 2; ++round) {
    CHECK(storage::to_hex(storage::hmac(std::string(20, '\x0b'), "Hi There")) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(storage::to_hex(storage::hmac("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(
        storage::to_hex(storage::hmac(std::string(131, '\xaa'),
                                      "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }
}

TEST_CASE("base64 has one text for one value") {
  CHECK(storage::from_base64("QQ==") == "A");
  CHECK(storage::from_base64("QR==").empty());
  CHECK(storage::from_base64("====").empty());
  CHECK(storage::from_base64("QQ=").empty());
  CHECK(storage::from_base64("QQ=Q").empty());
}

TEST_CASE("a sealed column copied to another patient does not open") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(ok(add_patient(*database, "p1", "Jane Roe")));
  REQUIRE(ok(add_patient(*database, "p2", "Zoë Quill")));
  CHECK((name_of(*database, "p1") == "Jane Roe"));
  scratch.tamper(
      "patient",
      "update patient set name_sealed = (select name_sealed from patient where id = 'p2')");
  const auto read = database->read([&](Transaction& tx) -> base::Result<std::string> {
    const auto sealed =
        tx.query_one<std::string>("select name_sealed from patient where id = 'p1'");
    return *PatientKeys(test_keys()).get(tx, "p1").unseal(std::get<0>(*sealed), "patient.name");
  });
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().code == ErrorCode::internal);
}

TEST_CASE("another clinic's key opens no patient") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(ok(add_patient(*database, "p1", "Jane Roe")));
  auto keys = test_keys();
  keys.clinic = std::string(32, 'z');
  const auto read = database->read([&](Transaction& tx) -> base::Status {
    PatientKeys(keys).get(tx, "p1");
    return {};
  });
  CHECK(code_of(read) == ErrorCode::internal);
}

TEST_CASE("an erased patient cannot be read, sealed for or found again") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(ok(add_patient(*database, "p1", "Jane Roe")));
  REQUIRE(ok(add_patient(*database, "p2", "Jane Quill")));
  REQUIRE(typed(*database, "jane") == std::vector<std::string>{"p1", "p2"});
  REQUIRE(ok(database->write([](Transaction& tx) -> base::Status {
    PatientKeys(test_keys()).erase(tx, "p1");
    return {};
  })));
  CHECK(name_of(*database, "p1") == std::nullopt);
  CHECK((name_of(*database, "p2") == "Jane Quill"));
  CHECK(typed(*database, "jane") == std::vector<std::string>{"p2"});
  const auto sealing = database->write([](Transaction& tx) -> base::Status {
    (void)PatientKeys(test_keys()).get(tx, "p1").seal("x", "patient.name");
    return {};
  });
  CHECK(code_of(sealing) == ErrorCode::conflict);
}

TEST_CASE("names are found as they are typed, without case and accents") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(ok(add_patient(*database, "zoe", "Zoë O'Brien-Müller")));
  REQUIRE(ok(add_patient(*database, "taro", "山田 太郎")));
  REQUIRE(ok(add_patient(*database, "long", "Wolfeschlegelsteinhausen")));
  for (const std::string text :
       {"z", "zo", "ZOE", "zoë", "Zoe\xCC\x88", "brien", "o", "muller", "MÜL"}) {
    INFO(text);
    CHECK(typed(*database, text) == std::vector<std::string>{"zoe"});
  }
  CHECK(typed(*database, "山") == std::vector<std::string>{"taro"});
  CHECK(typed(*database, "wolfeschlegelsteinhausenbergerdorff") ==
        std::vector<std::string>{"long"});
  CHECK(typed(*database, "oe").empty());
  CHECK(typed(*database, " -' ").empty());
  CHECK(typed(*database, "\xff\xfe").empty());
}

TEST_CASE("the raw database files hold no sealed name, and no key after it was erased") {
  const Scratch scratch(Dialect::sqlite);
  std::string wrapped;
  {
    const auto database = scratch.open();
    REQUIRE(ok(add_patient(*database, "p1", "Xanthippe Featherstonehaugh")));
    auto key = database->read([](Transaction& tx) -> base::Result<std::string> {
      return std::get<0>(*tx.query_one<std::string>("select wrapped_key from patient_key"));
    });
    REQUIRE(key.has_value());
    wrapped = *key;
    const auto files = bytes_of_folder(scratch.folder());  // with the write-ahead log
    CHECK(files.find(wrapped) != std::string::npos);
    for (const auto* text : {"Xanthippe", "xanthippe", "Feather", "xanth"})
      CHECK(files.find(text) == std::string::npos);
    REQUIRE(ok(database->write([](Transaction& tx) -> base::Status {
      PatientKeys(test_keys()).erase(tx, "p1");
      return {};
    })));
  }
  CHECK(bytes_of_folder(scratch.folder()).find(wrapped) == std::string::npos);
}

TEST_CASE("the database's files are its owner's only") {
  const Scratch scratch(Dialect::sqlite);
  const auto database = scratch.open();
  REQUIRE(ok(add_patient(*database, "p1", "Jane Roe")));
  for (const auto& entry : std::filesystem::directory_iterator(scratch.folder())) {
    INFO(entry.path());
    CHECK((entry.status().permissions() & static_cast<std::filesystem::perms>(077)) ==
          std::filesystem::perms::none);
  }
}

TEST_CASE("keys are made once, for their owner only, and load again") {
  const Folder folder;
  const auto made = storage::create_keys(folder.path / "keys");
  REQUIRE(made.has_value());
  CHECK(made->clinic.size() == 32);
  CHECK(made->clinic != made->index);
  for (const auto* name : {"clinic.key", "index.key", "audit.key"}) {
    const auto status = std::filesystem::status(folder.path / "keys" / name);
    CHECK(status.permissions() == static_cast<std::filesystem::perms>(0600));
  }
  CHECK(std::filesystem::status(folder.path / "keys").permissions() ==
        static_cast<std::filesystem::perms>(0700));
  const auto loaded = storage::load_keys(folder.path / "keys");
  REQUIRE(loaded.has_value());
  CHECK((loaded->clinic == made->clinic && loaded->index == made->index &&
         loaded->audit == made->audit));
  const auto again = storage::create_keys(folder.path / "keys");
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().code == ErrorCode::conflict);
}

TEST_CASE("keys that are missing, cut or readable by others are refused") {
  const Folder folder;
  REQUIRE(storage::create_keys(folder.path).has_value());
  const auto file = folder.path / "index.key";
  const std::string what = GENERATE("missing", "cut", "long", "group", "others");
  if (what == "missing") std::filesystem::remove(file);
  if (what == "cut") std::filesystem::resize_file(file, 31);
  if (what == "long") std::filesystem::resize_file(file, 33);
  if (what == "group")
    std::filesystem::permissions(file, static_cast<std::filesystem::perms>(0640));
  if (what == "others")
    std::filesystem::permissions(file, static_cast<std::filesystem::perms>(0604));
  const auto loaded = storage::load_keys(folder.path);
  INFO(what);
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == ErrorCode::unavailable);
  CHECK(loaded.error().message.find("index.key") != std::string::npos);
}
