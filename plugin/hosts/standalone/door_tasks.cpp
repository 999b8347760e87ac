// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/door_tasks.h"

#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <fstream>

#include "hosts/standalone/outcome.h"
#include "hosts/standalone/private_file.h"

namespace facet::hosts {
namespace {

// Writes a good answer to a file as it comes; keeps a refusal for its reason.
class FileSink : public ResponseSink {
 public:
  explicit FileSink(const std::filesystem::path& file) : out_(file, std::ios::binary) {
    ::chmod(file.c_str(), 0600);
  }
  void begin(int http_status) override { refusal.status = http_status; }
  void header(const std::string&, const std::string&) override {}
  bool write(std::string_view chunk) override {
    if (refusal.status != 200) {
      refusal.body.append(chunk);
      return true;
    }
    bytes += chunk.size();
    lines += static_cast<size_t>(std::count(chunk.begin(), chunk.end(), '\n'));
    out_.write(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    return out_.good();
  }
  bool flush() override { return out_.good(); }
  bool close() {
    out_.close();
    return !out_.fail();
  }

  Response refusal;
  size_t bytes = 0;
  size_t lines = 0;

 private:
  std::ofstream out_;
};

bool is_type_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c); });
}

std::vector<std::string> exported_types(FhirClient& client) {
  std::vector<std::string> types;
  for (const Json& entry : client.get("/admin/export/fhir")) {
    const bool named = entry.is_string() && is_type_name(entry.get<std::string>());
    if (!named) throw HostError("the plugin lists a type without a proper name");
    types.push_back(entry);
  }
  return types;
}

}  // namespace

ExportedFile export_one(FhirClient& client, const std::string& path,
                        const std::filesystem::path& file) {
  std::filesystem::path part = file;
  part += ".part";
  FileSink sink(part);
  const facet_status status = client.plugin().handle(client.request("GET", path, nullptr), sink);
  const bool written = sink.close();
  if (status != FACET_OK || sink.refusal.status != 200 || !written) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    if (!written) throw HostError("cannot write " + file.string());
    if (status != FACET_OK) throw HostError("the export of " + path + " broke off");
    throw Refused(sink.refusal.status, explain(sink.refusal));
  }
  std::filesystem::rename(part, file);
  return {file, sink.bytes, sink.lines};
}

std::vector<ExportedFile> export_all(FhirClient& client, const std::string& format,
                                     const std::filesystem::path& folder) {
  const std::string ending = format == "csv" ? ".csv" : ".ndjson";
  if (!std::filesystem::is_directory(folder)) make_private_folder(folder);
  std::vector<ExportedFile> files;
  for (const std::string& type : exported_types(client)) {
    files.push_back(export_one(client, "/admin/export/" + format + "/" + type + ending,
                               folder / (type + ending)));
  }
  return files;
}

void pair_bed(FhirClient& client, const std::string& device_id, const std::string& code) {
  client.post(
      "/fhir/Device/" + device_id + "/$pair",
      {{"resourceType", "Parameters"}, {"parameter", {{{"name", "code"}, {"valueString", code}}}}});
}

int64_t events_of(const Json& report) {
  if (report.value("valid", false)) return report.value("events", int64_t{0});
  const size_t others = report.value("problems", Json::array()).size();
  throw HostError("the audit trail is NOT whole: " + report.value("problem", report.dump()) +
                  (others > 1 ? " And " + std::to_string(others - 1) + " more." : ""));
}

int64_t verify_audit(FhirClient& admin, const std::string& heads) {
  return events_of(admin.post_text("/admin/audit/verify", heads));
}

Handout make_handout(FhirClient& client, const std::string& patient_id, const Wishes& wishes) {
  Json parameters = Json::array();
  for (const auto& [name, value] : wishes) {
    if (name == "booklet")
      parameters.push_back({{"name", name}, {"valueBoolean", value == "true"}});
    else if (name == "recipient")
      parameters.push_back({{"name", name}, {"valueReference", {{"reference", value}}}});
    else
      parameters.push_back({{"name", name}, {"valueCode", value}});
  }
  const Json document =
      client.post("/fhir/Patient/" + patient_id + "/$handout",
                  {{"resourceType", "Parameters"}, {"parameter", std::move(parameters)}});
  const std::string url = document.at("/content/0/attachment/url"_json_pointer);
  Handout handout{document.value("id", ""), client.get_bytes("/fhir/" + url)};
  if (!handout.pdf.starts_with("%PDF-")) throw HostError("the plugin's handout is not a PDF");
  return handout;
}

}  // namespace facet::hosts
