// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/document.h"

namespace facet::handouts {

std::unique_ptr<storage::Records<Document>> document_records();

void write_content(storage::Act& act, const Document& document, const std::string& bytes);

/// The patient of a content; nothing if there is no such content.
std::optional<std::string> content_patient(storage::Act& act, const std::string& content_id);

/// Nothing if it is unknown or its patient was erased.
std::optional<Content> read_content(storage::Act& act, const std::string& content_id);

}  // namespace facet::handouts
