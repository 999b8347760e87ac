// SPDX-License-Identifier: MPL-2.0
#include "exports/csv.h"

#include <catch2/catch.hpp>

#include "exports/csv_columns.h"

using facet::base::Json;
using facet::exports::csv_cell;
using facet::exports::csv_columns;
using facet::exports::csv_row;

TEST_CASE("text that a spreadsheet would run gets a single quote in front") {
  CHECK(csv_cell("=1+1") == "'=1+1");
  CHECK(csv_cell("+44 20") == "'+44 20");
  CHECK(csv_cell("-1") == "'-1");
  CHECK(csv_cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(csv_cell("\t=1") == "'\t=1");
  CHECK(csv_cell("\r=1") == "\"'\r=1\"");
  CHECK(csv_cell("\n=1") == "\"'\n=1\"");
  CHECK(csv_cell("＝1+1") == "'＝1+1");
  CHECK(csv_cell("=cmd|' /C calc'!A0,\"x\"") == "\"'=cmd|' /C calc'!A0,\"\"x\"\"\"");
}

TEST_CASE("what is no formula stays as it is") {
  CHECK(csv_cell(-7) == "-7");
  CHECK(csv_cell(2.5) == "2.5");
  CHECK(csv_cell(true) == "true");
  CHECK(csv_cell(nullptr).empty());
  CHECK(csv_cell("1-2") == "1-2");
  CHECK(csv_cell("a@b.example") == "a@b.example");
  CHECK(csv_cell("Çelik") == "Çelik");
}

TEST_CASE("a row is RFC 4180") {
  CHECK(csv_row({"a,b", "say \"hi\"", "two\r\nlines", 3, nullptr}) ==
        "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",3,\r\n");
}

TEST_CASE("every column takes a resource that has nothing in it") {
  for (const auto* type : {"Patient", "Practitioner", "Encounter", "Consent", "Observation",
                           "ClinicalImpression", "ServiceRequest", "Appointment", "Procedure",
                           "AuditEvent", "Anything"})
    for (const auto& column : csv_columns(type)) {
      INFO(type << " " << column.title);
      const auto cell = column.cell(Json::object());
      CHECK((cell.is_null() || column.title == "fhir_json"));
    }
}

TEST_CASE("an appointment's participants and a clearance's zones have columns of their own") {
  const auto cell = [](const char* type, const std::string& title, const char* text) {
    const auto resource = Json::parse(text);
    for (const auto& column : csv_columns(type))
      if (column.title == title) return csv_cell(column.cell(resource));
    return std::string("no such column");
  };
  const auto* appointment = R"({"participant": [{"actor": {"reference": "Patient/p1"}},
    {"actor": {"reference": "Device/bed"}}], "basedOn": [{"reference": "ServiceRequest/s1"}]})";
  CHECK(cell("Appointment", "patient_id", appointment) == "p1");
  CHECK(cell("Appointment", "bed_id", appointment) == "bed");
  CHECK(cell("Appointment", "room_id", appointment).empty());
  CHECK(cell("Appointment", "order_id", appointment) == "s1");
  CHECK(cell("ClinicalImpression", "zones",
             R"({"extension": [{"url": "urn:facet:zone", "valueCode": "left_lower"},
               {"url": "urn:facet:zone", "valueCode": "right_lower"}]})") ==
        "left_lower; right_lower");
}
