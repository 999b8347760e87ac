-- SPDX-License-Identifier: MPL-2.0
-- What keeps a patient off the bed, who lifted it and on what grounds.
-- The PostgreSQL twin of this file is schema/postgresql/0004_safety.sql.

-- Alerts on a patient. Those of a screening rule come and go with the answers.
create table flag (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  encounter_id text,
  status text not null check (status in ('active', 'inactive', 'entered-in-error')),
  category text not null check (category in ('safety', 'clinical', 'admin', 'contact')),
  rule_id text,                    -- of the screening rule that raised it
  start_ms bigint not null,
  end_ms bigint,
  text_sealed text,
  primary key (id, version)
) without rowid;
create index flag_patient on flag (patient_id);

-- A screening rule that blocks the bed, and the decision that lifts it for a time.
create table detected_issue (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  status text not null check (status in ('final', 'entered-in-error')),
  rule_id text not null,
  severity text not null check (severity in ('high', 'moderate', 'low')),
  response_id text,                -- QuestionnaireResponse that raised it
  identified_ms bigint not null,
  mitigated_ms bigint,             -- null: nothing was decided, or it was withdrawn
  mitigated_until_ms bigint,
  mitigated_by text,               -- Practitioner; registration copied when the decision was recorded
  mitigated_role text,
  regulator text,
  registration_number text,
  registration_expires text,
  mitigation_sealed text,          -- what was assessed and decided
  advice_sealed text,              -- a named doctor's written advice: who, registration, day
  primary key (id, version),
  check (mitigated_ms is null or (mitigated_by is not null and mitigated_until_ms > mitigated_ms
         and registration_number is not null and registration_expires is not null
         and mitigation_sealed is not null))
) without rowid;
create index detected_issue_patient on detected_issue (patient_id);

-- Amend-only, and versions numbered without gaps, as in 0001.
create trigger flag_no_update before update on flag
begin select raise(abort, 'flag is amend-only'); end;
create trigger flag_no_delete before delete on flag
begin select raise(abort, 'flag is amend-only'); end;
create trigger detected_issue_no_update before update on detected_issue
begin select raise(abort, 'detected_issue is amend-only'); end;
create trigger detected_issue_no_delete before delete on detected_issue
begin select raise(abort, 'detected_issue is amend-only'); end;
create trigger flag_next_version before insert on flag
when new.version <> 1 + (select coalesce(max(version), 0) from flag where id = new.id)
begin select raise(abort, 'flag was changed by somebody else'); end;
create trigger detected_issue_next_version before insert on detected_issue
when new.version <> 1 + (select coalesce(max(version), 0) from detected_issue where id = new.id)
begin select raise(abort, 'detected_issue was changed by somebody else'); end;
