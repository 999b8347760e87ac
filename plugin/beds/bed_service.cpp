// SPDX-License-Identifier: MPL-2.0
#include "beds/bed_service.h"

#include <unistd.h>

#include "base/uuid.h"
#include "beds/bed_store.h"
#include "beds/procedure_fhir.h"
#include "rest/outcome.h"

namespace facet::beds {

using base::ErrorCode;
using base::Result;
using base::Status;
using clinic::Permission;
using storage::Act;

namespace {

constexpr std::chrono::seconds longest_pairing{24};  // no request lives longer than 25 s

/// The code in {"resourceType":"Parameters","parameter":[{"name":"code","valueString":"..."}]}.
Result<std::string> code_in(std::string_view text) {
  const auto body = base::parse_json(text, {4096, 8});
  if (!body) return tl::unexpected<base::Error>(body.error());
  rest::Reader r(*body, "Parameters");
  const auto& list = r.element("parameter");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  const bool good = list.is_array() && list.size() == 1 && list[0].is_object() &&
                    list[0].size() == 2 && list[0].value("name", base::Json()) == "code" &&
                    list[0].contains("valueString") && list[0]["valueString"].is_string();
  if (!good)
    return base::invalid("Parameters.parameter",
                         "Give the code that the bed shows, as valueString.");
  return list[0]["valueString"].get<std::string>();
}

void answer(rest::Response& response, const Status& done, const std::string& device_id) {
  if (!done) return rest::send_error(response, done.error());
  rest::send_fhir(
      response, 200,
      {{"resourceType", "Parameters"},
       {"parameter",
        base::Json::array(
            {{{"name", "device"}, {"valueReference", rest::reference("Device", device_id)}}})}});
}

}  // namespace

BedService::BedService(const BedNeeds& needs, BedSettings settings)
    : needs_(needs),
      settings_(std::move(settings)),
      procedures_(needs.observations, needs.bookings),
      journal_(needs.acts, procedures_),
      live_(needs.acts, needs.places) {}

BedService::~BedService() {
  stop();
}

void BedService::mount(rest::FhirServer& fhir, rest::Router& router) {
  mount_procedures(procedures_, fhir);
  live_.mount(router);
  router.add("POST", "/fhir/Device/{id}/$pair",
             [this](const rest::Request& request, const rest::PathValues& values,
                    rest::Response& response) { serve_pair(request, values[0], response); });
  router.add("POST", "/fhir/Device/{id}/$unpair",
             [this](const rest::Request& request, const rest::PathValues& values,
                    rest::Response& response) {
               answer(response, unpair(request.principal, values[0]), values[0]);
             });
}

Result<std::string> BedService::clinic_id() const {
  if (!settings_.clinic_id.empty()) return settings_.clinic_id;
  const auto path = settings_.keys / "clinic.id";
  if (auto kept = bedlink::read_small_file(path)) return kept;
  const auto made = base::uuid_v7(needs_.acts.clock().now_ms());
  if (auto ok = bedlink::write_private_file(path, made); !ok) return base::pass(ok);
  return made;
}

/// The same at every start, so that a gateway that crashed has its beds back at once: the lock on
/// the folder makes sure that it is the only one.
std::string BedService::holder() const {
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  std::error_code error;
  return std::string(host) + ":" + std::filesystem::canonical(settings_.keys, error).string();
}

Status BedService::start() {
  if (!settings_.enabled) return {};
  std::error_code error;
  if (std::filesystem::create_directories(settings_.keys, error))
    std::filesystem::permissions(settings_.keys, std::filesystem::perms::owner_all, error);
  auto lock = FolderLock::take(settings_.keys);
  if (!lock) return base::pass(lock);
  auto id = clinic_id();
  if (!id) return base::pass(id);
  auto keys =
      bedlink::open_clinic_keys(settings_.keys, *id, settings_.hosts, needs_.acts.clock().now_ms());
  if (!keys) return base::pass(keys);
  auto desk = std::make_unique<OrderDesk>(needs_.acts, needs_.gate, needs_.requests,
                                          needs_.bookings, keys->order_key);
  auto link = std::make_unique<BedLink>(needs_.acts, journal_, *desk, live_, holder());
  bedlink::GatewayOptions options;
  options.address = settings_.address;
  options.port = settings_.port;
  options.pairing_port = settings_.pairing_port;
  options.max_beds = settings_.max_beds;
  auto gateway = bedlink::Gateway::start(options, *keys, *link, needs_.acts.clock());
  if (!gateway) return base::pass(gateway);
  lock_ = std::move(*lock);
  desk_ = std::move(desk);
  link_ = std::move(link);
  const std::lock_guard guard(mutex_);
  gateway_ = std::move(*gateway);
  link_->start(*gateway_);
  return {};
}

void BedService::stop() {
  live_.hub().close();
  if (link_) link_->stop();
  std::shared_ptr<bedlink::Gateway> gateway;
  {
    const std::lock_guard guard(mutex_);
    gateway = std::move(gateway_);
  }
  if (gateway) gateway->stop();  // its threads still tell link_
  lock_.reset();
}

std::uint16_t BedService::port() const {
  const std::lock_guard guard(mutex_);
  return gateway_ ? gateway_->port() : std::uint16_t{0};
}
std::uint16_t BedService::pairing_port() const {
  const std::lock_guard guard(mutex_);
  return gateway_ ? gateway_->pairing_port() : std::uint16_t{0};
}

Status BedService::may_pair(Act& act, const std::string& device_id) const {
  if (auto ok = clinic::authorise(act, Permission::pair_bed, 'E', "Device", device_id, {}); !ok)
    return ok;
  const auto device = needs_.places.devices.records().current(act, device_id);
  if (device && device->status == "active") return {};
  return base::fail(ErrorCode::not_found, "Device", "There is no bed in use with this id.");
}

Status BedService::pair(const base::Principal& who, const std::string& device_id,
                        const std::string& code, std::chrono::milliseconds longest) {
  auto allowed =
      needs_.acts.read(who, [&](Act& act) -> Status { return may_pair(act, device_id); });
  if (!allowed) return allowed;
  std::shared_ptr<bedlink::Gateway> gateway;
  {
    const std::lock_guard guard(mutex_);
    gateway = gateway_;
  }
  if (!gateway)
    return base::fail(ErrorCode::unavailable, "Device", "The bed gateway is not open here.");
  const auto paired = gateway->pair(device_id, code, longest);
  if (!paired) return tl::unexpected<base::Error>(paired.error());
  return needs_.acts.write(who, [&](Act& act) -> Status {
    if (auto ok = may_pair(act, device_id); !ok) return ok;
    allow_key(act.tx, device_id, paired->spki, paired->certificate, act.now_ms);
    return {};
  });
}

Status BedService::unpair(const base::Principal& who, const std::string& device_id) {
  auto done = needs_.acts.write(who, [&](Act& act) -> Status {
    if (auto ok = clinic::authorise(act, Permission::pair_bed, 'E', "Device", device_id, {}); !ok)
      return ok;
    if (revoke_keys(act.tx, device_id, act.now_ms) > 0) return {};
    return base::fail(ErrorCode::not_found, "Device", "No bed is paired with this id.");
  });
  if (!done) return done;
  const std::lock_guard guard(mutex_);
  if (gateway_) gateway_->disconnect(device_id);
  return {};
}

void BedService::serve_pair(const rest::Request& request, const std::string& device_id,
                            rest::Response& response) {
  const auto code = code_in(request.body);
  if (!code) return rest::send_error(response, code.error());
  answer(response, pair(request.principal, device_id, *code, longest_pairing), device_id);
}

}  // namespace facet::beds
