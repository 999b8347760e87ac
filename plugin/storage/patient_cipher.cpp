// SPDX-License-Identifier: MPL-2.0
#include "storage/patient_cipher.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <set>

#include "storage/digest.h"
#include "storage/sealing.h"

namespace facet::storage {
namespace {

using base::ErrorCode;

constexpr std::size_t data_key_bytes = 32;
constexpr std::size_t longest_prefix = 12;  // characters; what is typed beyond it is not needed
constexpr std::size_t token_bytes = 12;     // 96 bits of the HMAC: no chance hits at clinic size

/// The words of a text, folded, each as a list of characters in UTF-8.
std::vector<std::vector<std::string>> folded_words(std::string_view text) {
  utf8proc_uint8_t* folded = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                     UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(folded, &std::free);
  std::vector<std::vector<std::string>> words(1);
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t point = 0;
    const auto used = utf8proc_iterate(folded + at, size - at, &point);
    if (used <= 0) break;
    const auto category = utf8proc_category(point);
    const bool in_word = category <= UTF8PROC_CATEGORY_LO || category == UTF8PROC_CATEGORY_ND ||
                         category == UTF8PROC_CATEGORY_MC;
    if (in_word)
      words.back().emplace_back(reinterpret_cast<const char*>(folded + at),
                                static_cast<std::size_t>(used));
    else if (!words.back().empty())
      words.emplace_back();
    at += used;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string PatientCipher::bind(std::string_view place) const {
  return std::string(place) + "/" + patient_id_;
}

std::string PatientCipher::seal(std::string_view plain, std::string_view place) const {
  if (!data_key_) throw StorageError(ErrorCode::conflict, "this patient's record was erased");
  return storage::seal(*data_key_, plain, bind(place));
}

std::optional<std::string> PatientCipher::seal_optional(const std::optional<std::string>& plain,
                                                        std::string_view place) const {
  if (!plain) return {};
  return seal(*plain, place);
}

std::optional<std::string> PatientCipher::unseal(std::string_view sealed,
                                                 std::string_view place) const {
  if (!data_key_) return {};
  auto plain = storage::unseal(*data_key_, sealed, bind(place));
  if (!plain)
    throw StorageError(ErrorCode::internal, "a sealed value in " + std::string(place) +
                                                " does not open: it was altered or moved");
  return plain;
}

std::optional<std::string> PatientCipher::unseal_optional(const std::optional<std::string>& sealed,
                                                          std::string_view place) const {
  if (!sealed) return {};
  return unseal(*sealed, place);
}

PatientCipher PatientKeys::create(Transaction& tx, const std::string& patient_id,
                                  std::int64_t now_ms) const {
  auto data_key = random_bytes(data_key_bytes);
  const auto clinic_key_id = ring_->newest(tx, now_ms);
  tx.execute(
      "insert into patient_key (patient_id, wrapped_key, clinic_key_id, created_ms) "
      "values (:patient, :wrapped, :clinic_key, :now)",
      patient_id, ring_->wrap(clinic_key_id, data_key, patient_id), clinic_key_id, now_ms);
  return {patient_id, std::move(data_key)};
}

PatientCipher PatientKeys::get(Transaction& tx, const std::string& patient_id) const {
  const auto row = tx.query_one<std::string, std::string>(
      "select wrapped_key, clinic_key_id from patient_key where patient_id = :patient", patient_id);
  if (!row) return {patient_id, std::nullopt};
  return {patient_id, ring_->unwrap(std::get<1>(*row), std::get<0>(*row), patient_id)};
}

void PatientKeys::erase(Transaction& tx, const std::string& patient_id) const {
  tx.execute("delete from patient_key where patient_id = :patient", patient_id);
}

std::string PatientKeys::token(std::string_view folded) const {
  return to_base64(std::string_view(hmac(index_key_, folded)).substr(0, token_bytes));
}

std::vector<std::string> PatientKeys::name_tokens(std::string_view name) const {
  std::set<std::string> tokens;
  for (const auto& word : folded_words(name)) {
    std::string prefix;
    for (std::size_t i = 0; i < word.size() && i < longest_prefix; ++i)
      tokens.insert(token(prefix += word[i]));
  }
  return {tokens.begin(), tokens.end()};
}

std::vector<std::string> PatientKeys::typed_tokens(std::string_view typed) const {
  std::vector<std::string> tokens;
  for (const auto& word : folded_words(typed)) {
    std::string prefix;
    for (std::size_t i = 0; i < word.size() && i < longest_prefix; ++i) prefix += word[i];
    tokens.push_back(token(prefix));
  }
  return tokens;
}

std::string PatientKeys::value_token(std::string_view kind, std::string_view value) const {
  std::string text(kind);  // the NUL is in no word of a name and no kind
  text += '\0';
  return token(text.append(value));
}

}  // namespace facet::storage
