// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/consent_service.h"
#include "orders/gate.h"
#include "orders/order_service.h"
#include "symptoms/screening_service.h"

namespace facet::orders {

/// The gate that answers from the record: the patient, consent, screening, clearance and order.
/// Blocks are not yet overridden by anybody: every kind of contraindication keeps the gate closed.
class RecordGate final : public Gate {
 public:
  RecordGate(const clinic::PatientService& patients, const clinic::ConsentService& consents,
             const symptoms::ScreeningService& screening, const OrderService& orders)
      : patients_(patients), consents_(consents), screening_(screening), orders_(orders) {}

  base::Result<GateAnswer> ask(storage::Act& act, const std::string& patient_id,
                               const std::string& service_request_id, const std::string& asked_at,
                               std::int64_t for_ms) const override;

 private:
  using Reasons = std::vector<std::string>;
  void judge_patient(storage::Act& act, const std::string& id, std::int64_t for_ms, Reasons& reasons) const;
  base::Status judge_screening(storage::Act& act, const std::string& patient_id,
                               std::int64_t for_ms, Reasons& reasons) const;
  void judge_order(storage::Act& act, const std::string& patient_id,
                   const std::string& service_request_id, std::int64_t for_ms, Reasons& reasons) const;

  const clinic::PatientService& patients_;
  const clinic::ConsentService& consents_;
  const symptoms::ScreeningService& screening_;
  const OrderService& orders_;
};

}  // namespace facet::orders
