// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/interval.h"
#include "base/json.h"
#include "base/time_text.h"

/// Whole, valid FHIR resources; a test takes one and spoils it.
namespace facet::testing {

using base::Json;

std::int64_t real_now_ms();
/// A moment so many minutes from now, on a whole minute.
std::string minutes_from_now(std::int64_t minutes);
std::string day_from_now(int days);

Json resource(const std::string& type, const std::string& id);
Json to(const std::string& target);
Json code_of(const std::string& system, const std::string& code);
Json ext(const std::string& url, const std::string& value_name, const Json& value);

Json organization();
Json site();
Json room();
Json bed();
Json practitioner(const std::string& id, const std::string& expires);
Json schedule();

Json patient(const std::string& id, const std::string& family = "Okonkwo");
Json consent(const std::string& id, const std::string& patient_id);
Json related_person(const std::string& id, const std::string& patient_id,
                    const std::string& relationship = "guardian");
Json practitioner_role(const std::string& id);
Json episode(const std::string& id, const std::string& patient_id);
Json encounter(const std::string& id, const std::string& patient_id);
Json symptom(const std::string& id, const std::string& patient_id, const Json& severity = 7);
Json stress(const std::string& id, const std::string& patient_id, const Json& score = 6);
Json motion(const std::string& id, const std::string& patient_id, const std::string& level,
            const std::string& side, const Json& grade = 1);
/// Every question of GET /fhir/Questionnaire/screening answered with no.
Json screening(const std::string& id, const std::string& patient_id, const Json& questionnaire);
/// Changes the answer to one question, wherever it stands.
void answer_with(Json& screening, const std::string& link_id, const std::string& code);
Json clearance(const std::string& id, const std::string& patient_id,
               const std::string& assessor = "physio");
Json order(const std::string& id, const std::string& patient_id);
Json appointment(const std::string& id, const std::string& patient_id, const std::string& order_id,
                 std::int64_t minutes_ahead = 60);

}  // namespace facet::testing
