// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/transaction.h"

namespace facet::storage {

/// News for a folder below: written in the transaction of what happened, consumed in order of
/// number. News of one resource are in order always; on PostgreSQL those of two resources that
/// changed at the same time may show up either way round.
struct News {
  std::int64_t number = 0;
  std::string topic;  // "appointment"
  std::string id;     // of the resource that changed; its state is read where it is consumed
};

void post(Transaction& tx, std::string_view topic, std::string_view id, std::int64_t now_ms);

/// The oldest news of a topic that nobody has consumed, at most `limit`.
std::vector<News> pending(Transaction& tx, std::string_view topic, int limit);

/// To be called first in the transaction that acts on the news; false: another transaction has
/// acted.
bool consume(Transaction& tx, const News& news, std::int64_t now_ms);

}  // namespace facet::storage
