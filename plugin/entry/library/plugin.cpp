// SPDX-License-Identifier: MPL-2.0
// The C edge: tables of facet.h over ClinicApp. No exception crosses it.
#include <algorithm>
#include <cstring>

#include "entry/clinic_app.h"
#include "entry/http_edge.h"
#include "entry/loose_sheets.h"
#include "entry/trail_file.h"
#include "facet/facet.h"

namespace facet::entry {
namespace {

void say(facet_error* error, const std::string& text) {
  if (error == nullptr) return;
  const auto size = std::min(text.size(), sizeof error->message - 1);
  std::memcpy(error->message, text.data(), size);
  error->message[size] = '\0';
}

facet_status status_of(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::invalid: return FACET_INVALID;
    case base::ErrorCode::unavailable: return FACET_UNAVAILABLE;
    case base::ErrorCode::conflict: return FACET_BAD_STATE;
    default: return FACET_INTERNAL;
  }
}

/// One instance; its table is the first member's address given to the host.
struct Instance {
  facet_plugin table{};
  const facet_host* host = nullptr;
  std::optional<Settings> settings;
  std::unique_ptr<ClinicApp> app;
};

Instance& instance_of(const facet_plugin* plugin) {
  return *static_cast<Instance*>(plugin->plugin_data);
}

void log(const facet_host* host, int severity, const std::string& text) {
  const auto* table = static_cast<const facet_host_log*>(host->get_service(host, FACET_HOST_LOG));
  if (FACET_HAS(facet_host_log, table, write)) table->write(host, severity, text.c_str());
}

std::optional<std::string> config(const facet_host* host, const char* key) {
  const auto* table =
      static_cast<const facet_host_config*>(host->get_service(host, FACET_HOST_CONFIG));
  if (!FACET_HAS(facet_host_config, table, get)) return {};
  std::string value(256, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    std::size_t size = value.size();
    const auto status = table->get(host, key, value.data(), &size);
    if (status == FACET_OK) return std::string(value.c_str());
    if (status != FACET_TOO_SMALL || size > 65536) return {};
    value.resize(size);
  }
  return {};
}

/// Runs `work`, turning whatever it throws into a status and a sentence.
template <class Fn>
facet_status firewall(facet_error* error, Fn&& work) noexcept {
  try {
    return work();
  } catch (const std::exception& exception) {
    say(error, std::string("Internal error: ") + exception.what());
  } catch (...) {
    say(error, "Internal error.");
  }
  return FACET_INTERNAL;
}

facet_status init(const facet_plugin* plugin, facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    auto& instance = instance_of(plugin);
    auto settings = read_settings([&](const char* key) { return config(instance.host, key); });
    if (!settings) {
      say(error, settings.error().message);
      return FACET_INVALID;
    }
    instance.settings = std::move(*settings);
    return FACET_OK;
  });
}

facet_status activate(const facet_plugin* plugin, facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    auto& instance = instance_of(plugin);
    if (!instance.settings || instance.app) {
      say(error, "activate() was called out of order.");
      return FACET_BAD_STATE;
    }
    auto app = ClinicApp::open(*instance.settings);
    if (!app) {
      say(error, app.error().message);
      return status_of(app.error().code);
    }
    instance.app = std::move(*app);
    log(instance.host, FACET_LOG_INFO, "Facet is active.");
    return FACET_OK;
  });
}

facet_status handle_request(const facet_plugin* plugin, const facet_request* request,
                            facet_response* response) {
  return firewall(nullptr, [&]() -> facet_status {
    auto& instance = instance_of(plugin);
    if (!instance.app) return FACET_BAD_STATE;
    if (!is_whole(request) || !is_whole(response)) return FACET_INVALID;
    EdgeResponse answer(response);
    try {
      instance.app->handle(read_request(*request), answer);
    } catch (const std::exception& exception) {
      log(instance.host, FACET_LOG_ERROR,
          std::string("A request failed inside Facet (") + typeid(exception).name() + ").");
      if (answer.begun()) return FACET_INTERNAL;  // broken off: the host must not end it as whole
      answer.fail();
    }
    return answer.begun() ? FACET_OK : FACET_INTERNAL;
  });
}

void deactivate(const facet_plugin* plugin) {
  firewall(nullptr, [&]() -> facet_status {
    instance_of(plugin).app.reset();
    return FACET_OK;
  });
}

void destroy(const facet_plugin* plugin) { delete &instance_of(plugin); }

facet_status verify_trail(const facet_plugin*, const char* trail_file, const char* key_file,
                          const char* const* heads_files, facet_report_fn report, void* arg,
                          facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    if (trail_file == nullptr || key_file == nullptr || report == nullptr) return FACET_INVALID;
    std::vector<std::filesystem::path> heads;
    for (; heads_files != nullptr && *heads_files != nullptr; ++heads_files)
      heads.emplace_back(*heads_files);
    const auto found = verify_trail_file(trail_file, key_file, heads);
    if (!found) {
      say(error, found.error().message);
      return FACET_INVALID;
    }
    return report(arg, {found->data(), found->size()});
  });
}

bool is_whole(const facet_sheet* sheet) {
  return sheet != nullptr && sheet->struct_size >= sizeof(facet_sheet) &&
         (sheet->wish_count == 0 || sheet->wishes != nullptr);
}

LooseSheet read_sheet(const facet_sheet& sheet) {
  LooseSheet read;
  for (std::size_t i = 0; i < sheet.wish_count; ++i)
    read.wishes.emplace_back(sheet.wishes[i].name, sheet.wishes[i].value);
  if (sheet.clinic != nullptr) read.clinic = sheet.clinic;
  if (sheet.folder != nullptr) read.folder = sheet.folder;
  return read;
}

facet_status give_out(const base::Result<std::string>& bytes, facet_output_fn output, void* arg,
                      facet_error* error) {
  if (bytes) return output(arg, {bytes->data(), bytes->size()});
  say(error, bytes.error().message);
  return bytes.error().code == base::ErrorCode::internal ? FACET_INTERNAL : FACET_INVALID;
}

facet_status print_general_sheet(const facet_plugin*, const facet_sheet* sheet,
                                 facet_output_fn output, void* arg, facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    if (!is_whole(sheet) || output == nullptr) return FACET_INVALID;
    return give_out(print_general(read_sheet(*sheet)), output, arg, error);
  });
}

facet_status print_blank_form(const facet_plugin*, const char* form, const facet_sheet* sheet,
                              facet_output_fn output, void* arg, facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    if (form == nullptr || !is_whole(sheet) || output == nullptr) return FACET_INVALID;
    return give_out(print_blank(form, read_sheet(*sheet)), output, arg, error);
  });
}

facet_status check_handout_folder(const facet_plugin*, const char* folder, facet_output_fn output,
                                  void* arg, facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    if (folder == nullptr || output == nullptr) return FACET_INVALID;
    return give_out(check_folder(folder), output, arg, error);
  });
}

const facet_plugin_audit audit_table{sizeof(facet_plugin_audit), verify_trail};
const facet_plugin_handout handout_table{sizeof(facet_plugin_handout), print_general_sheet,
                                         print_blank_form, check_handout_folder};

const void* get_extension(const facet_plugin*, const char* id) {
  const std::string_view wanted = id != nullptr ? id : "";
  if (wanted == FACET_PLUGIN_AUDIT) return &audit_table;
  if (wanted == FACET_PLUGIN_HANDOUT) return &handout_table;
  return nullptr;
}

facet_status create(const facet_host* host, const facet_plugin** out, facet_error* error) {
  return firewall(error, [&]() -> facet_status {
    if (!FACET_HAS(facet_host, host, get_service) || out == nullptr) {
      say(error, "The host's table is too old or incomplete.");
      return FACET_INVALID;
    }
    auto instance = std::make_unique<Instance>();
    instance->host = host;
    instance->table = {sizeof(facet_plugin), instance.get(), init,    activate,
                       handle_request,       deactivate,     destroy, get_extension};
    *out = &instance.release()->table;
    return FACET_OK;
  });
}

const char* const required_services[] = {FACET_HOST_CONFIG, nullptr};

const facet_entry entry_table{sizeof(facet_entry), FACET_ABI_MINOR, "health.facet", "Facet",
                              "0.1.0",             required_services, create};

}  // namespace
}  // namespace facet::entry

extern "C" const facet_entry* facet_entry_v1(void) { return &facet::entry::entry_table; }
