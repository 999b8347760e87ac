// SPDX-License-Identifier: MPL-2.0
#include "handouts/document_store.h"

namespace facet::handouts {
namespace {

using storage::column;

std::string place_of(const std::string& content_id) { return "binary_content.body/" + content_id; }

}  // namespace

std::unique_ptr<storage::Records<Document>> document_records() {
  return storage::versioned_table<Document>(
      "document_reference", column("patient_id", &Document::patient_id),
      column("status", &Document::status), column("language", &Document::language),
      column("text_version", &Document::text_version), column("content_id", &Document::content_id),
      column("content_type", &Document::content_type),
      column("content_sha256", &Document::content_sha256),
      column("content_bytes", &Document::content_bytes), column("given_ms", &Document::given_ms),
      column("given_by", &Document::given_by),
      column("language_asked", &Document::language_asked), column("track", &Document::track),
      column("paper", &Document::paper), column("text_size", &Document::text_size),
      column("sides", &Document::sides), column("booklet", &Document::booklet),
      column("recipient_id", &Document::recipient_id), column("delivery", &Document::delivery));
}

void write_content(storage::Act& act, const Document& document, const std::string& bytes) {
  const auto& cipher = act.cipher(document.patient_id);
  act.tx.execute(
      "insert into binary_content (id, patient_id, content_type, body_sealed, created_ms) "
      "values (:id, :patient, :type, :body, :now)",
      document.content_id, document.patient_id, document.content_type,
      cipher.seal(bytes, place_of(document.content_id)), act.now_ms);
}

std::optional<std::string> content_patient(storage::Act& act, const std::string& content_id) {
  const auto row = act.tx.query_one<std::string>(
      "select patient_id from binary_content where id = :id", content_id);
  if (!row) return {};
  return std::get<0>(*row);
}

std::optional<Content> read_content(storage::Act& act, const std::string& content_id) {
  auto row = act.tx.query_one<std::string, std::string, std::string>(
      "select patient_id, content_type, body_sealed from binary_content where id = :id", content_id);
  if (!row) return {};
  auto& [patient_id, type, sealed] = *row;
  auto bytes = act.cipher(patient_id).unseal(sealed, place_of(content_id));
  if (!bytes) return {};
  return Content{std::move(type), std::move(*bytes)};
}

}  // namespace facet::handouts
