// SPDX-License-Identifier: MPL-2.0
#include "storage/outbox.h"

namespace facet::storage {

void post(Transaction& tx, std::string_view topic, std::string_view id, std::int64_t now_ms) {
  tx.execute("insert into outbox (topic, resource_id, created_ms) values (:topic, :id, :now)",
             topic, id, now_ms);
}

std::vector<News> pending(Transaction& tx, std::string_view topic, int limit) {
  std::vector<News> news;
  for (auto& [number, row_topic, id] : tx.query<std::int64_t, std::string, std::string>(
           "select number, topic, resource_id from outbox where consumed_ms is null and "
           "topic = :topic order by number limit :most",
           topic, limit))
    news.push_back({number, std::move(row_topic), std::move(id)});
  return news;
}

bool consume(Transaction& tx, const News& news, std::int64_t now_ms) {
  return tx.execute(
             "update outbox set consumed_ms = :now where number = :number and "
             "consumed_ms is null",
             now_ms, news.number) == 1;
}

}  // namespace facet::storage
