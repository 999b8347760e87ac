// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_index.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

#include "clinic/identifiers.h"
#include "clinic/names_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using base::Status;
using storage::Act;

constexpr std::size_t most_tokens = 8;  // of one search; a longer one is as selective

std::string identifier_token(Act& act, const Identifier& identifier) {
  return act.keys.value_token("identifier", identifier.system + "|" + identifier.value);
}

/// Of a value in any system, however it is spaced.
std::string any_system_token(Act& act, std::string value) {
  std::erase(value, ' ');
  return act.keys.value_token("value", value);
}

/// Tokens of whole values, and whether they are national numbers.
std::map<std::string, bool> value_tokens(Act& act, const Patient& patient) {
  std::map<std::string, bool> tokens;
  if (patient.identifiers)
    for (const auto& one : Json::parse(*patient.identifiers)) {
      const auto identifier =
          read_identifier(one["system"].get<std::string>(), one["value"].get<std::string>());
      if (!identifier) continue;
      tokens[identifier_token(act, *identifier)] = identifier->national;
      tokens.emplace(any_system_token(act, identifier->value), false);
    }
  if (patient.telecom)
    for (const auto& one : Json::parse(*patient.telecom))
      if (one["system"] == "phone" || one["system"] == "sms")
        if (const auto digits = phone_digits(one["value"].get<std::string>()); !digits.empty())
          tokens.emplace(act.keys.value_token("phone", digits), false);
  if (patient.birth_date)
    tokens.emplace(act.keys.value_token("birthdate", *patient.birth_date), false);
  return tokens;
}

/// Typed words, longest first: the longest has the fewest hits, and leads the search. Punctuation
/// parts words, as it does in the index.
std::string by_length(std::string typed) {
  for (auto& c : typed)
    if (static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) == 0)
      c = ' ';
  std::istringstream in(typed);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(std::move(word));
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& one, const auto& other) { return one.size() > other.size(); });
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// The tokens that a query asks for; the most selective ones first.
struct Wanted {
  std::vector<std::string> values, names;
  bool asked = false;    // the query has one of these parameters
  bool possible = true;  // somebody may match
};

Status add_identifier(Act& act, const std::string& text, Wanted& wanted) {
  const auto bar = text.find('|');
  if (bar == std::string::npos || bar == 0) {
    wanted.values.push_back(any_system_token(act, text.substr(bar == 0 ? 1 : 0)));
    return {};
  }
  const auto identifier = read_identifier(text.substr(0, bar), text.substr(bar + 1));
  if (!identifier)
    return base::invalid("identifier", "This is not a " + identifier_name(text.substr(0, bar)) +
                                           ": its check digit is wrong.");
  wanted.values.push_back(identifier_token(act, *identifier));
  return {};
}

Status add(Act& act, const std::string& name, const std::string& value, Wanted& wanted) {
  if (name == "name") {
    auto tokens = act.keys.typed_tokens(by_length(value));
    wanted.possible = wanted.possible && !tokens.empty();
    wanted.names.insert(wanted.names.end(), tokens.begin(), tokens.end());
  } else if (name == "identifier") {
    if (auto ok = add_identifier(act, value, wanted); !ok) return ok;
  } else if (name == "phone") {
    const auto digits = phone_digits(value);
    if (digits.empty()) return base::invalid("phone", "A telephone number has 3 to 15 digits.");
    wanted.values.push_back(act.keys.value_token("phone", digits));
  } else if (name == "birthdate") {
    if (!base::parse_date(value))
      return base::invalid("birthdate", "This must be a date: YYYY, YYYY-MM or YYYY-MM-DD.");
    wanted.values.push_back(act.keys.value_token("birthdate", value));
  } else {
    return {};
  }
  wanted.asked = true;
  return {};
}

/// Conditions on the index of one table, of tokens that a patient must have besides the leading
/// one.
void add_tokens(const char* table, const std::vector<std::string>& tokens, std::size_t from,
                std::string& sql, std::vector<storage::Value>& values) {
  for (std::size_t i = from; i < tokens.size() && values.size() < most_tokens; ++i) {
    sql += std::string(" and exists (select 1 from ") + table +
           " b where b.patient_id = a.patient_id and b.token = :t" + std::to_string(values.size()) +
           ")";
    values.emplace_back(tokens[i]);
  }
}

/// "id in (select ...)": one statement finds the ids and reads the rows.
rest::Conditions conditions(const Wanted& wanted, const rest::SearchQuery& query,
                            rest::Conditions others) {
  const bool by_value = !wanted.values.empty();
  rest::Conditions found;
  found.sql = std::string("id in (select a.patient_id from ") +
              (by_value ? "patient_value_token" : "patient_name_token") + " a where a.token = :t";
  found.values.emplace_back(by_value ? wanted.values[0] : wanted.names[0]);
  add_tokens("patient_value_token", wanted.values, by_value ? 1 : wanted.values.size(), found.sql,
             found.values);
  add_tokens("patient_name_token", wanted.names, by_value ? 0 : 1, found.sql, found.values);
  found.sql += " and a.patient_id > :after";
  found.values.emplace_back(query.after ? query.after->id : "");
  if (others.values.empty()) {  // or it would be cut before they are asked
    found.sql += " order by a.patient_id limit :first)";
    found.values.emplace_back(std::int64_t{query.count} + 1);
  } else {
    found.sql += ") and " + others.sql;
    found.values.insert(found.values.end(), others.values.begin(), others.values.end());
  }
  found.values.emplace_back(std::int64_t{query.count} + 1);
  return found;
}

}  // namespace

Status index_patient(Act& act, const Patient& patient) {
  act.tx.execute("delete from patient_name_token where patient_id = :patient", patient.id);
  act.tx.execute("delete from patient_value_token where patient_id = :patient", patient.id);
  if (patient.names)
    for (const auto& token : act.keys.name_tokens(words_of_names(Json::parse(*patient.names))))
      act.tx.execute("insert into patient_name_token (token, patient_id) values (:token, :patient)",
                     token, patient.id);
  for (const auto& [token, national] : value_tokens(act, patient)) {
    const bool held = national && patient.active;
    if (held)
      if (const auto other = act.tx.query_one<std::string>(
              "select patient_id from patient_value_token where token = :token and held = 1",
              token))
        return base::fail(
            base::ErrorCode::conflict, "Patient.identifier",
            "Patient/" + std::get<0>(*other) +
                " has this number already. If they are one person, merge the records.");
    act.tx.execute(
        "insert into patient_value_token (token, patient_id, held) values (:token, :patient, "
        ":held)",
        token, patient.id, held);
  }
  return {};
}

std::vector<rest::SearchParameter> index_parameters() {
  return {{"name", rest::SearchKind::string},
          {"identifier", rest::SearchKind::token},
          {"phone", rest::SearchKind::token},
          {"birthdate", rest::SearchKind::date}};
}

Result<std::optional<std::vector<Patient>>> find_in_index(Act& act,
                                                          const storage::Records<Patient>& records,
                                                          const rest::SearchQuery& query,
                                                          rest::Conditions others) {
  Wanted wanted;
  for (const auto& [name, value] : query.parameters)
    if (auto ok = add(act, name, value, wanted); !ok) return base::pass(ok);
  if (!wanted.asked) return std::optional<std::vector<Patient>>();
  if (!wanted.possible) return std::vector<Patient>();
  auto asked = conditions(wanted, query, std::move(others));
  std::optional<std::int64_t> as_of_ms;
  if (query.after) as_of_ms = query.after->as_of_ms;
  return records.find(act, asked.sql, "order by id limit :most", std::move(asked.values), as_of_ms);
}

}  // namespace facet::clinic
