// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>

#include "beds/bed_link.h"
#include "beds/folder_lock.h"
#include "beds/procedure_service.h"
#include "rest/fhir_server.h"

namespace facet::beds {

struct BedSettings {
  bool enabled = false;               // else only what beds did is shown, and their live state
  std::string address = "127.0.0.1";  // to listen on
  std::uint16_t port = 0;             // 0: any
  std::uint16_t pairing_port = 0;     // likewise
  std::vector<std::string> hosts{"localhost",
                                 "127.0.0.1"};  // names that beds dial, for the certificate
  std::filesystem::path keys;  // DIR/keys: CA, gateway and order keys are made there
  std::string clinic_id;       // UUID; empty: made once and kept beside the keys
  int max_beds = 32;
};

/// Other folders' services, all of which outlive the beds'.
struct BedNeeds {
  storage::Acts& acts;
  const orders::Gate& gate;
  const storage::Records<orders::ServiceRequest>& requests;
  const scheduling::BookingService& bookings;
  const symptoms::ObservationService& observations;
  const clinic::PlacesService& places;
};

/// Treatment beds: the gateway, orders, results, live view, pairing. Threads: safe; start() and
/// stop() once each, by one thread. Threads of its own run between the two.
class BedService {
 public:
  BedService(const BedNeeds& needs, BedSettings settings);
  ~BedService();

  /// Procedure, Device/$pair, Device/$unpair and the live view.
  void mount(rest::FhirServer& fhir, rest::Router& router);

  /// Opens the gateway, if it is enabled. Errors: unavailable, the address or the folder of keys is
  /// in use; internal, keys that cannot be read.
  base::Status start();
  /// Closes beds' sockets, ends live views, joins all threads.
  void stop();

  /// 0 while the gateway is not open.
  std::uint16_t port() const;
  std::uint16_t pairing_port() const;

  /// Waits until the bed that shows the code comes, and allows its key. Errors: denied; not_found;
  /// invalid code; conflict, another bed is being paired; unavailable, no bed came in time.
  base::Status pair(const base::Principal& who, const std::string& device_id,
                    const std::string& code, std::chrono::milliseconds longest);
  /// Takes a bed's keys off the allow-list and closes its socket. Errors: denied, not_found.
  base::Status unpair(const base::Principal& who, const std::string& device_id);

  const ProcedureService& procedures() const { return procedures_; }

 private:
  base::Result<std::string> clinic_id() const;
  std::string holder() const;
  base::Status may_pair(storage::Act& act, const std::string& device_id) const;
  void serve_pair(const rest::Request& request, const std::string& device_id,
                  rest::Response& response);

  const BedNeeds needs_;
  const BedSettings settings_;
  ProcedureService procedures_;
  JournalService journal_;
  LiveView live_;

  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<OrderDesk> desk_;
  std::unique_ptr<BedLink> link_;
  std::shared_ptr<bedlink::Gateway> gateway_;  // shared with who is pairing
  mutable std::mutex mutex_;                   // guards the pointer
};

}  // namespace facet::beds
