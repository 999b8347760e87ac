// SPDX-License-Identifier: MPL-2.0
#include "exports/exports.h"

#include <stdexcept>

#include "clinic/roles.h"
#include "exports/chunks.h"
#include "exports/csv.h"
#include "exports/csv_columns.h"
#include "rest/outcome.h"

namespace facet::exports {
namespace {

using base::ErrorCode;
using base::Json;
using base::Result;
using clinic::Permission;
using rest::FhirType;
using rest::PathValues;
using rest::Request;
using rest::Response;
using storage::Act;
using storage::Acts;

constexpr int page_size = 500;

/// How resources are written into one file.
struct Format {
  const char* ending;
  const char* content_type;
  std::string head;
  std::function<std::string(const Json&)> row;
  /// Last in a file that misses rows: the status has gone out, and a host may end the answer as usual.
  std::function<std::string(const base::Error&)> broken;
};

Format ndjson() {
  return {".ndjson", "application/fhir+ndjson", "",
          [](const Json& resource) { return resource.dump() + "\n"; },
          [](const base::Error& error) { return rest::operation_outcome(error).dump() + "\n"; }};
}

Format csv(const std::string& type) {
  const auto columns = csv_columns(type);
  std::vector<Json> titles;
  for (const auto& column : columns) titles.emplace_back(column.title);
  return {".csv", "text/csv; charset=utf-8; header=present", "\xEF\xBB\xBF" + csv_row(titles),
          [columns](const Json& resource) {
            std::vector<Json> values;
            for (const auto& column : columns) values.push_back(column.cell(resource));
            return csv_row(values);
          },
          [](const base::Error&) {
            return csv_row({"INCOMPLETE: the export broke off here, rows are missing"});
          }};
}

Result<rest::Page> next_page(Acts& acts, const FhirType& type, const Request& request,
                             const std::string& from) {
  return acts.read(request.principal, [&](Act& act) { return type.page(act, from, page_size); });
}

void stream(Acts& acts, const FhirType& type, const Format& format, const Request& request,
            Response& response) {
  auto page = next_page(acts, type, request, "");
  if (!page) return rest::send_error(response, page.error());
  response.begin(200);
  response.header("content-type", format.content_type);
  response.header("content-disposition",
                  "attachment; filename=\"" + type.name + format.ending + "\"");
  response.header("cache-control", "no-store");
  Chunks chunks(response);
  if (!chunks.add(format.head)) return;
  while (true) {
    for (const auto& resource : page->resources)
      if (!chunks.add(format.row(resource))) return;
    if (page->next.empty()) break;
    page = next_page(acts, type, request, page->next);
    if (!page) {
      if (chunks.add(format.broken(page.error()))) chunks.send();
      throw std::runtime_error("An export broke off: " + page.error().message);
    }
  }
  chunks.send();
}

/// The exportable type that a file name like "Patient.csv" asks for.
const FhirType* type_of(const rest::FhirServer& fhir, const std::string& file,
                        std::string_view ending) {
  for (const auto& type : fhir.types())
    if (type.page && file == type.name + std::string(ending)) return &type;
  return nullptr;
}

void no_such_file(Response& response) {
  rest::send_error(response, {ErrorCode::not_found, "",
                              "There is no such export; GET /admin/export/fhir lists the types.", {}});
}

void list_types(Acts& acts, const rest::FhirServer& fhir, const Request& request,
                Response& response) {
  const auto allowed = acts.read(request.principal, [](Act& act) {
    return clinic::authorise(act, Permission::export_records, 'R', "CapabilityStatement", "", {});
  });
  if (!allowed) return rest::send_error(response, allowed.error());
  Json names = Json::array();
  for (const auto& type : fhir.types())
    if (type.page) names.push_back(type.name);
  rest::send_json(response, 200, names);
}

}  // namespace

void mount_exports(Acts& acts, const rest::FhirServer& fhir, rest::Router& router) {
  router.add("GET", "/admin/export/fhir",
             [&acts, &fhir](const Request& request, const PathValues&, Response& response) {
               list_types(acts, fhir, request, response);
             });
  router.add("GET", "/admin/export/fhir/{file}",
             [&acts, &fhir](const Request& request, const PathValues& file, Response& response) {
               const auto* type = type_of(fhir, file[0], ".ndjson");
               if (type == nullptr) return no_such_file(response);
               stream(acts, *type, ndjson(), request, response);
             });
  router.add("GET", "/admin/export/csv/{file}",
             [&acts, &fhir](const Request& request, const PathValues& file, Response& response) {
               const auto* type = type_of(fhir, file[0], ".csv");
               if (type == nullptr) return no_such_file(response);
               stream(acts, *type, csv(type->name), request, response);
             });
}

}  // namespace facet::exports
