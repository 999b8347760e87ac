// SPDX-License-Identifier: MPL-2.0
#include "storage/audited_request.h"

namespace facet::storage {
namespace {

thread_local AuditedRequest* running = nullptr;

}  // namespace

AuditedRequest::AuditedRequest(Access what) : what_(std::move(what)), outer_(running) {
  running = this;
}

AuditedRequest::~AuditedRequest() {
  running = outer_;
}

Access AuditedRequest::what(Transaction& tx) const {
  auto access = what_;
  std::erase_if(access.patient_ids, [&tx](const std::string& id) {
    return !tx.query_one<std::string>("select patient_id from patient_key where patient_id = :id",
                                      id);
  });
  return access;
}

AuditedRequest* AuditedRequest::current() {
  return running;
}

}  // namespace facet::storage
