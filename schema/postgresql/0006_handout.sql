-- SPDX-License-Identifier: MPL-2.0
-- In which form a handout was given, to whom and how; whom a patient calls.
-- The SQLite twin of this file is schema/sqlite/0006_handout.sql.

alter table organization add column telecom text;  -- FHIR ContactPoint list, printed on handouts

-- Null, and the defaults, on what was given before this file: one A4 form, to whom and how was not kept.
alter table document_reference add column track text check (track in ('relief', 'prevention'));
alter table document_reference add column paper text not null default 'a4' check (paper in ('a4', 'letter'));
alter table document_reference add column text_size text not null default 'standard' check (text_size in ('standard', 'large'));
alter table document_reference add column sides text check (sides in ('one', 'two'));
alter table document_reference add column booklet bigint not null default 0 check (booklet in (0, 1));
alter table document_reference add column language_asked text;  -- BCP 47; language is what it was given in
alter table document_reference add column recipient_id text;    -- RelatedPerson; null: the patient
alter table document_reference add column delivery text check (delivery in ('print', 'email'));
