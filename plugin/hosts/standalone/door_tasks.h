// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "hosts/standalone/fhir_client.h"
#include "hosts/standalone/loose_sheet.h"

namespace facet::hosts {

struct ExportedFile {
  std::filesystem::path file;
  size_t bytes = 0;
  size_t lines = 0;
};

/// Writes every type of the clinic to `folder`, streamed: "fhir" as NDJSON or "csv".
/// Files are readable by their owner only. Throws HostError.
std::vector<ExportedFile> export_all(FhirClient& client, const std::string& format,
                                     const std::filesystem::path& folder);

/// Writes what one address answers to a file, streamed; the file appears when it is whole.
ExportedFile export_one(FhirClient& client, const std::string& path,
                        const std::filesystem::path& file);

/// Opens a pairing window for a bed that shows `code`; answers when it is paired.
void pair_bed(FhirClient& client, const std::string& device_id, const std::string& code);

/// The events of the audit trail, also compared with `heads` that were kept elsewhere. Throws
/// HostError, which says where, if it is not whole.
int64_t verify_audit(FhirClient& admin, const std::string& heads = {});
/// The same of a report; throws what is wrong.
int64_t events_of(const Json& report);

/// Makes a patient's handout as it is wanted, and answers its PDF.
struct Handout {
  std::string document_id;
  std::string pdf;
};
Handout make_handout(FhirClient& client, const std::string& patient_id, const Wishes& wishes = {});

}  // namespace facet::hosts
