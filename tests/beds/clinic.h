// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <atomic>

#include "bedlink/support.h"
#include "beds/bed_service.h"

namespace facet::test {

/// A gate that a test opens and closes.
class TestGate final : public orders::Gate {
 public:
  base::Result<orders::GateAnswer> ask(storage::Act&, const std::string&, const std::string&,
                                       const std::string& asked_at, std::int64_t) const override;
  std::atomic<bool> open{true};  // for signing and ready; booking may always be done
  mutable std::atomic<int> asked_when_signing{0};
  mutable std::atomic<int> asked_when_ready{0};
};

/// A clinic with one bed, one patient and one order, in a database of its own.
class TestClinic {
 public:
  explicit TestClinic(const base::Clock& clock);

  /// Books the next session of `minutes` for now; the appointment's id. Times do not overlap.
  std::string book();
  void cancel(const std::string& appointment_id);

  /// What a query answers; the first column of the first row.
  std::int64_t number(const std::string& sql);
  std::string text(const std::string& sql);

  beds::BedSettings settings(std::uint16_t port = 0, std::uint16_t pairing_port = 0) const;
  beds::BedNeeds needs();

  Folder folder;
  const base::Clock& clock;
  base::Principal physio{"0199a000-0000-7000-8000-0000000000e1", {"physiotherapist"}, "", ""};
  std::string patient_id = "0199a000-0000-7000-8000-0000000000a1";
  std::string request_id = "0199a000-0000-7000-8000-0000000000c1";
  std::string schedule_id = "0199a000-0000-7000-8000-0000000000d1";
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::Acts> acts;
  TestGate gate;
  clinic::PatientService patients;
  clinic::PractitionerService staff;
  clinic::PlacesService places;
  orders::OrderService orders_service;
  symptoms::ObservationService observations;
  scheduling::ScheduleService schedules;
  scheduling::BookingService bookings;

 private:
  void fill();
};

/// Pairs the bed and waits until it is connected.
bool pair(beds::BedService& service, TestClinic& clinic, BedProcess& bed);

}  // namespace facet::test
