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

AuditedRequest* AuditedRequest::current() {
  return running;
}

}  // namespace facet::storage
