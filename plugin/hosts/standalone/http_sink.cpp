// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/http_sink.h"

#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/StreamSocket.h>
#include <sys/socket.h>

#include <Poco/String.h>

namespace facet::hosts {
namespace {

constexpr size_t kKeptBytes = 64 * 1024;

// The connection is the host's: the plugin cannot set its framing.
bool is_framing(const std::string& name) {
  for (const char* framing : {"content-length", "transfer-encoding", "connection", "keep-alive"}) {
    if (Poco::icompare(name, framing) == 0) return true;
  }
  return false;
}

}  // namespace

HttpSink::HttpSink(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
                   const std::atomic<bool>& stopping)
    : request_(request), response_(response), stopping_(stopping) {}

void HttpSink::begin(int http_status) {
  begun_ = true;
  response_.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(http_status));
}

void HttpSink::header(const std::string& name, const std::string& value) {
  if (!is_framing(name)) response_.set(name, value);
}

void HttpSink::start_streaming() {
  if (out_) return;
  if (request_.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1) {
    response_.setChunkedTransferEncoding(true);
  } else {
    response_.setKeepAlive(false);
  }
  out_ = &response_.send();
}

bool HttpSink::send(std::string_view bytes) {
  if (request_.getMethod() != "HEAD") {
    out_->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  return out_->good();
}

bool HttpSink::write(std::string_view chunk) {
  if (stopping_) return false;
  if (out_) return send(chunk);
  waiting_.append(chunk);
  if (waiting_.size() <= kKeptBytes) return true;
  start_streaming();
  const bool sent = send(waiting_);
  waiting_.clear();
  return sent;
}

bool HttpSink::flush() {
  if (stopping_) return false;
  start_streaming();
  if (!waiting_.empty()) send(waiting_);
  waiting_.clear();
  out_->flush();
  return out_->good();
}

void HttpSink::break_off() {
  // Without its socket, Poco's chunked stream cannot send the chunk that says "this was all".
  auto& request = static_cast<Poco::Net::HTTPServerRequestImpl&>(request_);
  ::shutdown(request.socket().impl()->sockfd(), SHUT_RDWR);
}

void HttpSink::finish() {
  if (out_) {
    out_->flush();
    return;
  }
  const bool bodyless = response_.getStatus() == 204 || response_.getStatus() == 304;
  if (!bodyless) response_.setContentLength64(static_cast<Poco::Int64>(waiting_.size()));
  out_ = &response_.send();
  if (!bodyless) send(waiting_);
  out_->flush();
}

}  // namespace facet::hosts
