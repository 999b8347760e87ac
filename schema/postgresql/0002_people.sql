-- SPDX-License-Identifier: MPL-2.0
-- More of a person: kin and guardians, needs, merged records, staff roles, consents with their text.
-- The SQLite twin of this file is schema/sqlite/0002_people.sql.

alter table patient add column deceased bigint check (deceased in (0, 1));  -- also without a date
alter table patient add column general_practitioner_sealed text;  -- name and practice
alter table patient add column communication_sealed text;         -- FHIR communication list
alter table patient add column interpreter bigint check (interpreter in (0, 1));  -- one is needed
alter table patient add column accessible_format text;            -- comma-separated, e.g. large-print,bsl
alter table patient add column contact_preference text;           -- comma-separated, best first, e.g. sms,phone
alter table patient add column replaced_by_id text;               -- merged into this patient

-- Whose record was merged into whose, now; the history is in the versions of patient.
create table patient_merge (
  source_id text primary key references patient_key (patient_id) on delete cascade,
  target_id text not null references patient_key (patient_id) on delete cascade,
  merged_ms bigint not null,
  merged_by text not null,
  check (source_id <> target_id)
);
create index patient_merge_target on patient_merge (target_id);

-- Blind index of whole values: identifiers, telephone numbers, birth dates; keyed hashes as for names.
-- `held` is 1 for a national number of an active patient: no two may hold one.
create table patient_value_token (
  token text not null,
  patient_id text not null references patient_key (patient_id) on delete cascade,
  held bigint not null check (held in (0, 1)),
  primary key (token, patient_id)
);
create unique index patient_value_token_held on patient_value_token (token) where held = 1;
create index patient_value_token_patient on patient_value_token (patient_id);

alter table device add column model_number text;
alter table device add column firmware_version text;

-- Kin, guardians, proxies.
create table related_person (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  active bigint not null check (active in (0, 1)),
  relationship text not null check (relationship in ('guardian', 'proxy', 'next-of-kin', 'emergency-contact', 'carer', 'other')),
  name_sealed text not null,
  telecom_sealed text,
  address_sealed text,
  start_ms bigint,
  end_ms bigint,
  primary key (id, version)
);
create index related_person_patient on related_person (patient_id);

-- What a member of staff does where.
create table practitioner_role (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  active bigint not null check (active in (0, 1)),
  practitioner_id text not null,
  organization_id text not null,
  location_id text,
  code text not null check (code in ('physiotherapist', 'doctor', 'assistant', 'receptionist', 'manager')),
  start_ms bigint,
  end_ms bigint,
  primary key (id, version)
);
create index practitioner_role_practitioner on practitioner_role (practitioner_id);

alter table consent add column text_version text;     -- of the words that were agreed to
alter table consent add column performer_type text check (performer_type in ('Patient', 'RelatedPerson'));
alter table consent add column performer_id text;     -- who consented
alter table consent add column withdrawn_ms bigint;
alter table consent add column note_sealed text;

alter table episode_of_care add column referrer_sealed text;
alter table episode_of_care add column payer_sealed text;
alter table episode_of_care add column discharge_sealed text;

-- Amend-only, and versions numbered without gaps, as in 0001.
create trigger amend_only before update or delete on related_person
  for each row execute function amend_only();
create trigger amend_only_truncate before truncate on related_person
  for each statement execute function amend_only();
create trigger next_version before insert on related_person
  for each row execute function next_version();
create trigger amend_only before update or delete on practitioner_role
  for each row execute function amend_only();
create trigger amend_only_truncate before truncate on practitioner_role
  for each statement execute function amend_only();
create trigger next_version before insert on practitioner_role
  for each row execute function next_version();
