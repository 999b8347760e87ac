// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/Context.h>

#include "bedlink/certificates.h"

namespace facet::bedlink {

/// TLS 1.3 only, peers of our own authority only, no session resumption (a revoked key must not
/// come back by a ticket). Throws Poco::Exception or std::runtime_error.
Poco::Net::Context::Ptr server_context(const Certificate& ca, const Certificate& own,
                                       const Key& key);
Poco::Net::Context::Ptr client_context(const Certificate& ca, const Certificate& own,
                                       const Key& key);

/// SSL_write raises SIGPIPE on a closed socket; a library must not let that kill its host. Blocks
/// it in this thread while alive.
class NoSigpipe {
 public:
  NoSigpipe();
  ~NoSigpipe();
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;

 private:
  bool was_blocked_ = false;
};

}  // namespace facet::bedlink
