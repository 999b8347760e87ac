// SPDX-License-Identifier: MPL-2.0
#include "bedlink/tls.h"

#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLManager.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>

#include <ctime>
#include <stdexcept>

namespace facet::bedlink {
namespace {

using Poco::Net::Context;

Context::Ptr context(Context::Usage usage, const Certificate& ca, const Certificate& own,
                     const Key& key) {
  Poco::Net::initializeSSL();
  Context::Ptr made(new Context(usage, "", Context::VERIFY_STRICT, 1, false));
  SSL_CTX* raw = made->sslContext();
  made->requireMinimumProtocol(Context::PROTO_TLSV1_3);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(raw, 0);
  // Poco's callback asks process-wide handlers that others may replace; OpenSSL's own verdict
  // stands.
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  if (SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION) != 1 ||
      SSL_CTX_use_certificate(raw, own.get()) != 1 || SSL_CTX_use_PrivateKey(raw, key.get()) != 1 ||
      SSL_CTX_check_private_key(raw) != 1 ||
      X509_STORE_add_cert(SSL_CTX_get_cert_store(raw), ca.get()) != 1)
    throw std::runtime_error("The certificate and key do not make a TLS context.");
  return made;
}

}  // namespace

Context::Ptr server_context(const Certificate& ca, const Certificate& own, const Key& key) {
  auto made = context(Context::TLS_SERVER_USE, ca, own, key);
  made->enableExtendedCertificateVerification(false);  // else Poco compares with the client's IP
  SSL_CTX_add_client_CA(made->sslContext(), ca.get());
  return made;
}

Context::Ptr client_context(const Certificate& ca, const Certificate& own, const Key& key) {
  return context(Context::TLS_CLIENT_USE, ca, own, key);
}

NoSigpipe::NoSigpipe() {
  sigset_t pipe;
  sigset_t before;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  was_blocked_ = sigismember(&before, SIGPIPE) == 1;
}

NoSigpipe::~NoSigpipe() {
  if (was_blocked_) return;
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  const timespec now{};
  while (sigtimedwait(&pipe, nullptr, &now) == SIGPIPE) {
  }
  pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
}

}  // namespace facet::bedlink
