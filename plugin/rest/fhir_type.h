// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>

#include "rest/message.h"
#include "rest/reader.h"
#include "storage/versioned_table.h"

namespace facet::rest {

/// A FHIR search as asked. Only parameters that the type declares get here.
struct SearchQuery {
  Pairs parameters;
  int count = 50;  // _count, 1 to 200

  std::optional<std::string> first(std::string_view name) const;
  /// The id in a reference parameter, with or without its type: "Patient/x" or "x".
  std::optional<std::string> reference(std::string_view name, std::string_view type) const;
  /// A bound of a date parameter: bound("start", "ge") of start=ge2026-11-22T09:30:00Z.
  /// Errors: invalid, not an instant.
  base::Result<std::optional<std::int64_t>> bound(std::string_view name,
                                                  std::string_view prefix) const;
};

struct Saved {
  base::Json resource;
  bool created = false;
};

/// A part of all current resources of a type.
struct Page {
  std::vector<base::Json> resources;
  std::string next;  // what asks for the page after this one; empty if this is the last
};

/// How one FHIR type is read, written and searched. What is not set is not supported, and is left out
/// of the CapabilityStatement.
struct FhirType {
  std::string name;
  std::vector<std::string> search_parameters;
  std::function<base::Result<base::Json>(storage::Act&, const std::string& id,
                                         std::optional<std::int64_t> version)>
      read;
  std::function<base::Result<Saved>(storage::Act&, const std::string& id, const base::Json& body,
                                    std::optional<std::int64_t> if_match)>
      save;
  std::function<base::Result<std::vector<base::Json>>(storage::Act&, const SearchQuery&)> search;
  /// All current resources, for exports: the first `most` if `from` is empty, then from Page::next on.
  /// Authorises an export and notes whose data it is.
  std::function<base::Result<Page>(storage::Act&, const std::string& from, int most)> page;
};

}  // namespace facet::rest
