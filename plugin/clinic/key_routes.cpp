// SPDX-License-Identifier: MPL-2.0
#include "clinic/key_routes.h"

#include "clinic/roles.h"
#include "rest/outcome.h"
#include "storage/key_rotation.h"

namespace facet::clinic {
namespace {

using base::Result;
using storage::Act;
using storage::KeyRotation;

/// The act that is audited is the order to rotate: the rotation itself is many transactions.
Result<storage::PatientKeys> keys_for(storage::Acts& acts, const base::Principal& who) {
  return acts.read(who, [](Act& act) -> Result<storage::PatientKeys> {
    if (auto ok = authorise(act, Permission::rotate_keys, 'E', "ClinicKey", "", {}); !ok)
      return base::pass(ok);
    return act.keys;
  });
}

void rotate(storage::Acts& acts, const rest::Request& request, rest::Response& response) {
  if (!request.body.empty())
    return rest::send_error(response, {base::ErrorCode::unsupported, "", "This takes no body.", {}});
  const auto keys = keys_for(acts, request.principal);
  if (!keys) return rest::send_error(response, keys.error());
  auto rotation = KeyRotation::begin(acts.database(), *keys, acts.clock().now_ms());
  if (!rotation) return rest::send_error(response, rotation.error());
  if (auto done = rotation->finish(); !done) return rest::send_error(response, done.error());
  rest::send_json(response, 200,
                  {{"key", rotation->key_id()}, {"patients", rotation->patients()}});
}

}  // namespace

void mount_keys(storage::Acts& acts, rest::Router& router) {
  router.add("POST", "/admin/keys/rotate",
             [&acts](const rest::Request& request, const rest::PathValues&,
                     rest::Response& response) { rotate(acts, request, response); });
}

}  // namespace facet::clinic
