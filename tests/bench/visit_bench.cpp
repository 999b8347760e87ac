// SPDX-License-Identifier: MPL-2.0
// A whole visit of 12 records through the C door of libfacet.so, against a bare loop that inserts the
// same rows, those of the audit trail with them, into the same tables without triggers.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "base/clock.h"
#include "base/uuid.h"
#include "door/records.h"
#include "facet/facet.h"

namespace {

using namespace facet;
using base::Json;

constexpr int patients = 200;
constexpr std::size_t id_size = 36;

/// Beside the program, in the build folder: /tmp may be memory.
class Folder {
 public:
  Folder() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    std::string name = (program.parent_path() / "visit-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the benchmark");
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

std::string new_id() {
  return base::uuid_v7(base::SystemClock().now_ms());
}

/// A text with ids that are new each time it is sent.
class Template {
 public:
  Template(std::string text, const std::vector<std::string>& ids) : text_(std::move(text)) {
    for (const auto& id : ids) {
      auto& places = places_.emplace_back();
      for (auto at = text_.find(id); at != std::string::npos; at = text_.find(id, at + 1))
        places.push_back(at);
    }
  }
  const std::string& next() {
    for (const auto& places : places_) {
      const auto id = new_id();
      for (const auto at : places) text_.replace(at, id_size, id);
    }
    return text_;
  }

 private:
  std::string text_;
  std::vector<std::vector<std::size_t>> places_;
};

Json note(const std::string& patient, const char* code, const std::string& text) {
  auto json = testing::stress("", patient);
  json["code"] = testing::code_of("urn:facet:note", code);
  json.erase("valueInteger");
  json["valueString"] = text;
  return json;
}

/// One visit of a patient: the encounter, four symptoms with a remark, stress, four joints,
/// assessment and plan. The first visit has the whole screening besides.
Template visit_of(const std::string& patient, const Json& screening) {
  using namespace facet::testing;
  const std::string said = "Worse on the stairs and after sitting, better with walking and heat.";
  std::vector<Json> records{encounter("", patient)};
  for (int i = 0; i < 4; ++i) {
    records.push_back(symptom("", patient, 3 + i));
    records.back()["note"] = Json::array({{{"text", said}}});
  }
  records.push_back(stress("", patient));
  for (const char* level : {"L3-L4", "L4-L5"})
    for (const char* side : {"left", "right"})
      records.push_back(motion("", patient, level, side, 2));
  records.push_back(note(patient, "assessment", said + " No night pain. " + said));
  records.push_back(note(patient, "plan", "Stretch daily, walk, see again in a week. " + said));
  if (!screening.is_null()) records.push_back(screening);
  std::vector<std::string> ids;
  Json entries = Json::array();
  for (auto& one : records) {
    ids.push_back(new_id());
    one.erase("id");
    if (ids.size() > 1) one["encounter"] = to("urn:uuid:" + ids[0]);
    entries.push_back({{"fullUrl", "urn:uuid:" + ids.back()},
                       {"resource", one},
                       {"request", {{"method", "POST"}, {"url", one["resourceType"]}}}});
  }
  const Json bundle{{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", entries}};
  return {bundle.dump(), ids};
}

/// libfacet on a data folder, and the smallest host around it.
class Library {
 public:
  explicit Library(std::string folder) : data_(std::move(folder)) {
    const auto library =
        std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib" /
        "libfacet.so";
    void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) throw std::runtime_error("build the target facet_plugin first");
    const auto* entry =
        reinterpret_cast<const facet_entry* (*)()>(dlsym(handle, "facet_entry_v1"))();
    config_ = {sizeof config_, get};
    host_.struct_size = sizeof host_;
    host_.abi_minor = FACET_ABI_MINOR;
    host_.host_data = this;
    host_.name = "bench";
    host_.version = "1";
    host_.get_service = [](const facet_host* host, const char* id) -> const void* {
      const auto* self = static_cast<const Library*>(host->host_data);
      return std::strcmp(id, FACET_HOST_CONFIG) == 0 ? &self->config_ : nullptr;
    };
    facet_error error{};
    if (entry->create(&host_, &plugin_, &error) != FACET_OK ||
        plugin_->init(plugin_, &error) != FACET_OK ||
        plugin_->activate(plugin_, &error) != FACET_OK)
      throw std::runtime_error(error.message);
  }
  ~Library() {
    plugin_->deactivate(plugin_);
    plugin_->destroy(plugin_);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// The answer's body. Throws unless the status is 2xx.
  std::string send(const char* role, const char* method, const std::string& path,
                   const std::string& body) const {
    struct Answer {
      int status = 0;
      std::string body;
    } answer;
    facet_response response{};
    response.struct_size = sizeof response;
    response.host_data = &answer;
    response.begin = [](facet_response* self, uint16_t status) {
      static_cast<Answer*>(self->host_data)->status = status;
      return FACET_OK;
    };
    response.header = [](facet_response*, const char*, const char*) { return FACET_OK; };
    response.write = [](facet_response* self, facet_bytes chunk) {
      static_cast<Answer*>(self->host_data)
          ->body.append(static_cast<const char*>(chunk.data), chunk.size);
      return FACET_OK;
    };
    const char* roles[] = {role, nullptr};
    facet_principal principal{};
    principal.struct_size = sizeof principal;
    principal.user_id = "physio";
    principal.roles = roles;
    facet_request request{};
    request.struct_size = sizeof request;
    request.method = method;
    request.path = path.c_str();
    request.body = {body.data(), body.size()};
    request.principal = &principal;
    request.remote = "10.0.0.7";
    request.purpose = "TREAT";
    const auto status = plugin_->handle_request(plugin_, &request, &response);
    if (status != FACET_OK || answer.status / 100 != 2) throw std::runtime_error(answer.body);
    return answer.body;
  }
  void put(const char* role, const Json& resource) const {
    send(role, "PUT",
         "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
             resource["id"].get<std::string>(),
         resource.dump());
  }

 private:
  static facet_status get(const facet_host* host, const char* key, char* buffer,
                          std::size_t* size) {
    std::string value;
    if (std::strcmp(key, "facet.data") == 0)
      value = static_cast<const Library*>(host->host_data)->data_;
    else if (std::strcmp(key, "facet.create") == 0)
      value = "1";
    else if (std::strcmp(key, "facet.gateway.enabled") == 0)
      value = "0";
    else
      return FACET_NOT_FOUND;
    const auto capacity = *size;
    *size = value.size() + 1;
    if (*size > capacity) return FACET_TOO_SMALL;
    std::memcpy(buffer, value.c_str(), *size);
    return FACET_OK;
  }

  std::string data_;
  facet_host_config config_{};
  facet_host host_{};
  const facet_plugin* plugin_ = nullptr;
};

/// A clinic with patients, and their visits ready to be sent.
struct Clinic {
  Clinic() : library(folder.path.string()) {
    using namespace facet::testing;
    for (const auto& one : {organization(), site(), room(), bed(),
                            practitioner("physio", day_from_now(365)), schedule()})
      library.put("admin", one);
    const auto questionnaire = Json::parse(
        library.send("physiotherapist", "GET", "/fhir/Questionnaire/screening", {}));
    for (int i = 0; i < patients; ++i) {
      const auto id = new_id();
      library.put("physiotherapist", patient(id));
      visits.push_back(visit_of(id, nullptr));
      first_visits.push_back(visit_of(id, screening("", id, questionnaire)));
    }
  }
  void record(std::size_t patient) { send(visits[patient % patients]); }
  void record_first(std::size_t patient) { send(first_visits[patient % patients]); }

  Folder folder;
  Library library;
  std::vector<Template> visits, first_visits;

 private:
  void send(Template& visit) { library.send("physiotherapist", "POST", "/fhir", visit.next()); }
};

Clinic& clinic() {
  static Clinic the_one;
  return the_one;
}

class Sqlite {
 public:
  explicit Sqlite(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("sqlite3_open");
    sqlite3_busy_timeout(db_, 10'000);
  }
  ~Sqlite() {
    for (auto* one : made_) sqlite3_finalize(one);
    sqlite3_close(db_);
  }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_) + (": " + sql));
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &made, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_) + (": " + sql));
    made_.push_back(made);
    return made;
  }
  void step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
    sqlite3_reset(statement);
  }

 private:
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> made_;
};

std::string text_of(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? "" : text;
}

/// The rows that one visit made, written again and again with new ids.
class BareLoop {
 public:
  explicit BareLoop(void (Clinic::*record)(std::size_t)) : db_((folder_.path / "bare.sqlite").string()) {
    const auto file = (clinic().folder.path / "facet.sqlite").string();
    const auto before = (folder_.path / "before.sqlite").string();
    (clinic().*record)(0);
    {
      Sqlite copy(file);
      copy.run("vacuum into '" + before + "'");
    }
    (clinic().*record)(0);
    Sqlite source(file);
    source.run("attach '" + before + "' as before");
    db_.run("pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=10000;"
            "pragma foreign_keys=on; pragma cache_size=-16000");
    auto* table = source.prepare("select name, sql from sqlite_master where type = 'table'");
    while (sqlite3_step(table) == SQLITE_ROW) take(source, text_of(table, 0), text_of(table, 1));
    begin_ = db_.prepare("begin immediate");
    commit_ = db_.prepare("commit");
  }

  void write() {
    std::map<std::string, std::string> ids;
    db_.step(begin_);
    ++round_;
    for (const auto& row : rows_) {
      for (std::size_t i = 0; i < row.values.size(); ++i)
        bind(row.insert, static_cast<int>(i) + 1, row.values[i], ids);
      db_.step(row.insert);
    }
    db_.step(commit_);
  }
  std::size_t rows() const { return rows_.size(); }

 private:
  struct Value {
    std::optional<std::string> text;
    std::optional<std::int64_t> number;
    bool id = false;       // made by the visit: new each time
    bool counted = false;  // place in the audit chain
  };
  struct Row {
    sqlite3_stmt* insert;
    std::vector<Value> values;
  };

  void take(Sqlite& source, const std::string& name, const std::string& sql) {
    if (name.starts_with("sqlite_")) return;
    auto* row =
        source.prepare("select * from main." + name + " except select * from before." + name);
    sqlite3_stmt* insert = nullptr;
    while (sqlite3_step(row) == SQLITE_ROW) {
      const int columns = sqlite3_column_count(row);
      if (insert == nullptr) {
        db_.run(sql);
        auto* index = source.prepare("select sql from sqlite_master where type = 'index' and "
                                     "sql is not null and tbl_name = '" + name + "'");
        while (sqlite3_step(index) == SQLITE_ROW) db_.run(text_of(index, 0));
        std::string marks = "?";
        for (int i = 1; i < columns; ++i) marks += ", ?";
        insert = db_.prepare("insert into " + name + " values (" + marks + ")");
      }
      rows_.push_back({insert, {}});
      for (int i = 0; i < columns; ++i) rows_.back().values.push_back(value_of(row, i));
    }
  }

  static Value value_of(sqlite3_stmt* row, int column) {
    Value value;
    const std::string name = sqlite3_column_name(row, column);
    if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
      value.number = sqlite3_column_int64(row, column);
    else if (sqlite3_column_type(row, column) == SQLITE_TEXT)
      value.text = text_of(row, column);
    value.counted = name == "number";
    value.id = value.text && value.text->size() == id_size && name != "patient_id" &&
               name != "patient_ids";
    return value;
  }

  void bind(sqlite3_stmt* insert, int place, const Value& value,
            std::map<std::string, std::string>& ids) const {
    if (value.number) {
      sqlite3_bind_int64(insert, place, *value.number + (value.counted ? 1000 * round_ : 0));
    } else if (value.text) {
      const auto* text = &*value.text;
      if (value.id) {
        auto& id = ids[*text];
        if (id.empty()) id = new_id();
        text = &id;
      }
      sqlite3_bind_text(insert, place, text->data(), static_cast<int>(text->size()),
                        SQLITE_STATIC);
    } else {
      sqlite3_bind_null(insert, place);
    }
  }

  Folder folder_;
  Sqlite db_;
  std::vector<Row> rows_;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  std::int64_t round_ = 0;
};

BareLoop& bare_loop() {
  static BareLoop the_one(&Clinic::record);
  return the_one;
}
BareLoop& bare_first_loop() {
  static BareLoop the_one(&Clinic::record_first);
  return the_one;
}

// What is made once is made before the timing.
void visit_facet(benchmark::State& state) {
  bare_loop();
  std::size_t patient = 0;
  for (auto _ : state) clinic().record(++patient);
}

void first_visit_facet(benchmark::State& state) {
  bare_first_loop();
  std::size_t patient = 0;
  for (auto _ : state) clinic().record_first(++patient);
}

void write_bare(benchmark::State& state, BareLoop& loop) {
  state.SetLabel("one C loop: the same " + std::to_string(loop.rows()) +
                 " rows in one transaction, WAL, synchronous=FULL");
  for (auto _ : state) loop.write();
}
void visit_bare(benchmark::State& state) {
  write_bare(state, bare_loop());
}
void first_visit_bare(benchmark::State& state) {
  write_bare(state, bare_first_loop());
}

constexpr std::size_t clients = 16, visits_each = 4;

/// 64 visits that 16 clients send at once.
void visits_facet(benchmark::State& state) {
  bare_loop();
  for (auto _ : state) {
    std::vector<std::jthread> threads;
    for (std::size_t client = 0; client < clients; ++client)
      threads.emplace_back([client] {
        for (std::size_t i = 0; i < visits_each; ++i) clinic().record(client + i * clients);
      });
  }
}

void visits_bare(benchmark::State& state) {
  auto& loop = bare_loop();
  state.SetLabel("one C loop: the rows of 64 visits, " + std::to_string(loop.rows()) +
                 " in one transaction each");
  for (auto _ : state)
    for (std::size_t i = 0; i < clients * visits_each; ++i) loop.write();
}

BENCHMARK(visit_facet)->Name("visit/facet")->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(visit_bare)->Name("visit/bare")->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(first_visit_facet)
    ->Name("first-visit/facet")
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(first_visit_bare)->Name("first-visit/bare")->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(visits_facet)->Name("visits-16-clients/facet")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(visits_bare)->Name("visits-16-clients/bare")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
