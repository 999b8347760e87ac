// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/consent_service.h"
#include "orders/gate.h"
#include "orders/order_service.h"
#include "symptoms/screening_service.h"

namespace facet::orders {

/// The gate that answers from the record: the patient, consent, screening, today's questions, what
/// clinicians decided, clearance and order.
class RecordGate final : public Gate {
 public:
  RecordGate(const clinic::PatientService& patients,
             const clinic::PractitionerService& practitioners,
             const clinic::ConsentService& consents, const symptoms::ScreeningService& screening,
             const OrderService& orders)
      : patients_(patients),
        practitioners_(practitioners),
        consents_(consents),
        screening_(screening),
        orders_(orders) {}

  base::Result<GateAnswer> ask(storage::Act& act, const std::string& patient_id,
                               const std::string& service_request_id, const std::string& asked_at,
                               std::int64_t for_ms) const override;

  /// The same answer, for somebody who only looks: it is not stored, and nothing may follow from it.
  /// `today`: as at check-in. Not authorised.
  base::Result<GateAnswer> look(storage::Act& act, const std::string& patient_id,
                                const std::string& service_request_id, bool today,
                                std::int64_t for_ms) const;

 private:
  using Reasons = std::vector<std::string>;
  void judge_patient(storage::Act& act, const std::string& id, std::int64_t for_ms,
                     Reasons& reasons) const;
  base::Status judge_screening(storage::Act& act, const std::string& patient_id, bool today,
                               std::int64_t for_ms, Reasons& reasons) const;
  void judge_order(storage::Act& act, const std::string& patient_id,
                   const std::string& service_request_id, std::int64_t for_ms, Reasons& reasons) const;
  std::string shortfall(storage::Act& act, const Clearance& clearance, const ServiceRequest& order,
                        std::int64_t for_ms) const;

  const clinic::PatientService& patients_;
  const clinic::PractitionerService& practitioners_;
  const clinic::ConsentService& consents_;
  const symptoms::ScreeningService& screening_;
  const OrderService& orders_;
};

}  // namespace facet::orders
