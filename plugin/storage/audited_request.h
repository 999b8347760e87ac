// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/audit_chain.h"

namespace facet::storage {

/// What the door knows of the request that this thread answers. An act that is refused before it
/// has touched anything is audited by it; and the door learns whether a refusal was audited at all.
/// Threads: made, used and ended on one; others do not see it.
class AuditedRequest {
 public:
  explicit AuditedRequest(Access what);
  ~AuditedRequest();
  AuditedRequest(const AuditedRequest&) = delete;
  AuditedRequest& operator=(const AuditedRequest&) = delete;

  /// Of this thread; nothing outside a request.
  static AuditedRequest* current();

  /// Without patients whom nobody knows: what somebody typed may be anything.
  Access what(Transaction& tx) const;
  /// True once an act of this request was refused and audited.
  bool refused() const { return refused_; }
  void set_refused() { refused_ = true; }

 private:
  const Access what_;
  bool refused_ = false;
  AuditedRequest* const outer_;
};

}  // namespace facet::storage
