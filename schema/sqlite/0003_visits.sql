-- SPDX-License-Identifier: MPL-2.0
-- Signed visits: who changed what and why, notes, more of each symptom, problems.
-- The PostgreSQL twin of this file is schema/postgresql/0003_visits.sql.

-- Why a record was signed, amended, added to or taken back; one row an act and record, written once.
create table provenance (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  target_type text not null,
  target_id text not null,
  target_version bigint not null,
  activity text not null check (activity in ('sign', 'amend', 'addendum', 'enter-in-error', 'merge', 'unmerge')),
  reason_sealed text,
  primary key (id, version),
  check (version = 1)
) without rowid;
create index provenance_patient on provenance (patient_id);
create index provenance_target on provenance (target_id, target_version);

alter table observation add column severity_average bigint check (severity_average between 0 and 10);
alter table observation add column severity_worst bigint check (severity_worst between 0 and 10);
alter table observation add column onset text;        -- FHIR date with its precision
alter table observation add column region text;       -- of a symptom that the catalogue does not have
alter table observation add column text_sealed text;  -- of a note, or of such a symptom
alter table observation add column worse_with_sealed text;
alter table observation add column better_with_sealed text;
-- What was found of a patient over time, answered from the index alone.
create index observation_trend on observation (patient_id, code_system, code, side, site, effective_ms,
  id, version, value, pain_on_pressure, status) where value is not null;

-- A symptom as a problem that is followed.
create table condition (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  encounter_id text,
  clinical_status text check (clinical_status in ('active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved')),
  verification_status text not null check (verification_status in ('unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error')),
  code text not null,              -- catalogue id, or other
  side text check (side in ('left', 'right', 'both', 'midline')),
  region text,
  text_sealed text,
  onset text,
  abated_ms bigint,
  evidence_id text,                -- an Observation
  note_sealed text,
  primary key (id, version),
  check ((verification_status = 'entered-in-error') = (clinical_status is null))
) without rowid;
create index condition_patient on condition (patient_id);

-- Amend-only, and versions numbered without gaps, as in 0001.
create trigger provenance_no_update before update on provenance
begin select raise(abort, 'provenance is amend-only'); end;
create trigger provenance_no_delete before delete on provenance
begin select raise(abort, 'provenance is amend-only'); end;
create trigger condition_no_update before update on condition
begin select raise(abort, 'condition is amend-only'); end;
create trigger condition_no_delete before delete on condition
begin select raise(abort, 'condition is amend-only'); end;
create trigger provenance_next_version before insert on provenance
when new.version <> 1 + (select coalesce(max(version), 0) from provenance where id = new.id)
begin select raise(abort, 'provenance was changed by somebody else'); end;
create trigger condition_next_version before insert on condition
when new.version <> 1 + (select coalesce(max(version), 0) from condition where id = new.id)
begin select raise(abort, 'condition was changed by somebody else'); end;
