// SPDX-License-Identifier: MPL-2.0
#include "exports/audit_routes.h"

#include <stdexcept>

#include "base/time_text.h"
#include "clinic/roles.h"
#include "exports/chunks.h"
#include "rest/outcome.h"

namespace facet::exports {
namespace {

using base::Json;
using base::Result;
using base::Status;
using rest::PathValues;
using rest::Request;
using rest::Response;
using storage::Act;
using storage::Acts;
using storage::AuditKeeper;

Status may_read_audit(Act& act) {
  return clinic::authorise(act, clinic::Permission::read_audit, 'E', "AuditEvent", "", {});
}

/// The body, if any, holds heads that were kept elsewhere.
void verify(Acts& acts, const AuditKeeper& keeper, const Request& request, Response& response) {
  auto book = keeper.hold_heads();
  if (!book) return rest::send_error(response, book.error());
  const auto report = acts.read(request.principal, [&](Act& act) -> Result<storage::ChainReport> {
    if (auto ok = may_read_audit(act); !ok) return base::pass(ok);
    return keeper.verify(act.tx, *book, request.body);
  });
  if (!report) return rest::send_error(response, report.error());
  rest::send_json(response, 200, write_report(*report));
}

/// Begins the answer with its first piece, so that what fails before can still say so.
template <class Write>
void stream(Acts& acts, const Request& request, Response& response, const char* file,
            Write&& write) {
  auto allowed = acts.read(request.principal, may_read_audit);
  if (!allowed) return rest::send_error(response, allowed.error());
  bool begun = false;
  const auto begin = [&] {
    begun = true;
    response.begin(200);
    response.header("content-type", "application/x-ndjson");
    response.header("content-disposition", "attachment; filename=\"" + std::string(file) + "\"");
    response.header("cache-control", "no-store");
  };
  Chunks chunks(response);
  const auto written = write([&](std::string_view piece) {
    if (!begun) begin();
    return chunks.add(piece);
  });
  if (!written && !begun) return rest::send_error(response, written.error());
  if (!written)
    throw std::runtime_error("The export of the trail broke off: " + written.error().message);
  if (!begun) begin();
  chunks.send();
}

}  // namespace

Json write_report(const storage::ChainReport& report) {
  Json json{{"valid", report.valid}, {"events", report.events},   {"chains", report.chains},
            {"heads", report.heads}, {"problem", report.problem}, {"problems", Json::array()}};
  if (report.heads_to_ms > 0) json["heads_to"] = base::instant_text(report.heads_to_ms);
  for (const auto& one : report.problems)
    json["problems"].push_back(
        {{"kind", one.kind}, {"chain", one.chain}, {"number", one.number}, {"text", one.text}});
  return json;
}

void mount_audit_trail(Acts& acts, AuditKeeper& keeper, rest::Router& router) {
  for (const char* method : {"GET", "POST"})
    router.add(method, "/admin/audit/verify",
               [&](const Request& request, const PathValues&, Response& response) {
                 verify(acts, keeper, request, response);
               });
  router.add("GET", "/admin/audit/trail",
             [&](const Request& request, const PathValues&, Response& response) {
               stream(acts, request, response, "audit-trail.ndjson",
                      [&](const auto& out) { return keeper.write_trail(out); });
             });
  router.add("GET", "/admin/audit/heads",
             [&](const Request& request, const PathValues&, Response& response) {
               stream(acts, request, response, "audit-heads.ndjson", [&](const auto& out) {
                 auto written = keeper.write_heads();
                 return written ? keeper.write_book(out) : written;
               });
             });
}

}  // namespace facet::exports
