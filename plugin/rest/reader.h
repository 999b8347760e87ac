// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <initializer_list>
#include <set>

#include "base/json.h"
#include "base/time_text.h"

namespace facet::rest {

/// Reads one FHIR JSON object strictly: each getter takes one element, the first thing that is wrong
/// is kept with its FHIRPath, and finish() also refuses elements that nobody asked for. Getters give a
/// default after an error, so a mapping reads straight down and asks once.
///   Reader r(body, "Observation");
///   observation.patient_id = r.reference("subject", "Patient");
///   if (auto ok = r.finish(); !ok) return pass(ok);
class Reader {
 public:
  /// Checks resourceType; takes id and meta as read.
  Reader(const base::Json& resource, std::string type);

  std::string text(const std::string& name, std::size_t max_bytes = 4096);
  std::optional<std::string> optional_text(const std::string& name, std::size_t max_bytes = 4096);
  std::int64_t integer(const std::string& name, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> optional_integer(const std::string& name, std::int64_t min,
                                               std::int64_t max);
  bool boolean(const std::string& name, bool default_value);
  /// One of a closed list.
  std::string code(const std::string& name, std::initializer_list<const char*> allowed);
  std::int64_t instant(const std::string& name);
  std::optional<std::int64_t> optional_instant(const std::string& name);
  /// A Reference's id, checked to be of one type: "Patient/abc" gives "abc".
  std::string reference(const std::string& name, const std::string& type);
  std::optional<std::string> optional_reference(const std::string& name, const std::string& type);
  /// The code of a CodeableConcept (or list of one) that has the system; empty if it has not.
  std::optional<std::string> optional_coding(const std::string& name, const std::string& system);
  std::string coding(const std::string& name, const std::string& system);
  /// A whole element, for mappings that read it themselves; null if absent.
  const base::Json& element(const std::string& name);
  /// Values of all top-level extensions with a url, e.g. {"url": U, "valueCode": "x"} gives "x".
  std::vector<base::Json> extensions(const std::string& url);
  /// All top-level extensions with a url, whole: for those that are made of extensions.
  std::vector<base::Json> whole_extensions(const std::string& url);
  std::int64_t extension_integer(const std::string& url, std::int64_t min, std::int64_t max,
                                 std::optional<std::int64_t> if_absent = {});
  std::optional<std::string> extension_text(const std::string& url);

  /// Keeps a mapping's own finding, unless something was wrong before.
  void refuse(const std::string& field, const std::string& message);
  bool ok() const { return !error_; }
  base::Status finish();

 private:
  const base::Json* find(const std::string& name);
  void missing(const std::string& name);

  const base::Json& object_;
  std::string type_;
  std::set<std::string> taken_;
  std::set<std::string> extension_urls_;
  std::optional<base::Error> error_;
};

/// Parts of FHIR resources that many mappings write.
base::Json reference(const std::string& type, const std::string& id);
base::Json coding(const std::string& system, const std::string& code, const std::string& display = {});
/// A CodeableConcept of one coding.
base::Json concept_of(const std::string& system, const std::string& code,
                      const std::string& display = {});
base::Json resource(const std::string& type, const std::string& id, std::int64_t version,
                    std::int64_t recorded_ms);

}  // namespace facet::rest
