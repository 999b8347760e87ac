// SPDX-License-Identifier: MPL-2.0
// GET /fhir/metadata through the C door of libfacet.so, and by a direct call of the router.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <stdlib.h>

#include <cstring>
#include <filesystem>

#include "entry/clinic_app.h"
#include "facet/facet.h"

namespace {

using namespace facet;

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "facet-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

/// The smallest host: settings from one folder, nothing else.
struct Host {
  explicit Host(std::string folder) : data(std::move(folder)) {
    config = {sizeof config, get};
    table = {};
    table.struct_size = sizeof table;
    table.abi_minor = FACET_ABI_MINOR;
    table.host_data = this;
    table.name = "bench";
    table.version = "1";
    table.get_service = [](const facet_host* host, const char* id) -> const void* {
      const auto* self = static_cast<const Host*>(host->host_data);
      return std::strcmp(id, FACET_HOST_CONFIG) == 0 ? &self->config : nullptr;
    };
  }
  static facet_status get(const facet_host* host, const char* key, char* buffer,
                          std::size_t* size) {
    std::string value;
    if (std::strcmp(key, "facet.data") == 0)
      value = static_cast<const Host*>(host->host_data)->data;
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

  std::string data;
  facet_host_config config;
  facet_host table;
};

std::string text_of(facet_bytes chunk) {
  return {static_cast<const char*>(chunk.data), chunk.size};
}

void through_the_door(benchmark::State& state) {
  const auto library = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() /
                       "lib" / "libfacet.so";
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return state.SkipWithError("build the target facet_plugin first");
  const auto entry = reinterpret_cast<const facet_entry* (*)()>(dlsym(handle, "facet_entry_v1"))();
  const Folder folder;
  const Host host(folder.path.string());
  const facet_plugin* plugin = nullptr;
  facet_error error{};
  if (entry->create(&host.table, &plugin, &error) != FACET_OK ||
      plugin->init(plugin, &error) != FACET_OK || plugin->activate(plugin, &error) != FACET_OK)
    return state.SkipWithError(error.message);

  std::string body;
  facet_response response{};
  response.struct_size = sizeof response;
  response.host_data = &body;
  response.begin = [](facet_response*, uint16_t) { return FACET_OK; };
  response.header = [](facet_response*, const char*, const char*) { return FACET_OK; };
  response.write = [](facet_response* self, facet_bytes chunk) {
    *static_cast<std::string*>(self->host_data) += text_of(chunk);
    return FACET_OK;
  };
  facet_request request{};
  request.struct_size = sizeof request;
  request.method = "GET";
  request.path = "/fhir/metadata";
  for (auto _ : state) {
    body.clear();
    if (plugin->handle_request(plugin, &request, &response) != FACET_OK || body.empty())
      return state.SkipWithError("no answer");
  }
  plugin->deactivate(plugin);
  plugin->destroy(plugin);
}
BENCHMARK(through_the_door)->Name("door/facet")->Unit(benchmark::kMicrosecond);

class Memory final : public rest::Response {
 public:
  void begin(int) override { body.clear(); }
  void header(std::string_view, std::string_view) override {}
  bool write(std::string_view chunk) override {
    body += chunk;
    return true;
  }
  bool flush() override { return true; }
  std::string body;
};

void direct(benchmark::State& state) {
  state.SetLabel("direct call of the router");
  const Folder folder;
  entry::Settings settings;
  settings.data = folder.path;
  settings.create = true;
  settings.database.location = (folder.path / "facet.sqlite").string();
  settings.gateway_enabled = false;
  const auto app = entry::ClinicApp::open(settings);
  if (!app) return state.SkipWithError(app.error().message.c_str());
  rest::Request request;
  request.method = "GET";
  request.path = "/fhir/metadata";
  Memory response;
  for (auto _ : state) {
    (*app)->handle(request, response);
    if (response.body.empty()) return state.SkipWithError("no answer");
  }
}
BENCHMARK(direct)->Name("door/bare")->Unit(benchmark::kMicrosecond);

}  // namespace
