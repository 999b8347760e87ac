-- SPDX-License-Identifier: MPL-2.0
-- The record, the diary, the beds and the audit trail.
--
-- Versioned tables hold one immutable row per version of a resource; the current one has the highest
-- version. author_id is the principal who wrote it, recorded_ms when (UTC milliseconds, as all *_ms).
-- Columns named *_sealed are AES-256-GCM under the patient's data key, as base64.
-- The SQLite twin of this file is schema/sqlite/0001_record.sql.

create extension if not exists btree_gist with schema public;

-- A clinic, or a chain of clinics.
create table organization (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  status text not null check (status in ('active', 'inactive')),
  name text not null,
  primary key (id, version)
);

-- A site, or a room of one.
create table location (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  organization_id text not null,
  status text not null check (status in ('active', 'suspended', 'inactive')),
  part_of_id text,                 -- a room's site; null for a site
  name text not null,
  time_zone text,                  -- IANA; sites have one, rooms use their site's
  primary key (id, version),
  check ((part_of_id is null) = (time_zone is not null))
);

-- Staff. Registration is kept as the regulator gives it.
create table practitioner (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  organization_id text not null,
  active bigint not null check (active in (0, 1)),
  name text not null,
  regulator text,                  -- e.g. HCPC
  registration_number text,
  registration_expires text,       -- ISO date
  primary key (id, version)
);

-- A treatment bed. A 20-minute session with 10 minutes of turnover holds it for 30.
create table device (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  organization_id text not null,
  location_id text not null,
  status text not null check (status in ('active', 'inactive', 'entered-in-error')),
  name text not null,
  manufacturer text,
  serial_number text,
  max_minutes bigint not null check (max_minutes between 1 and 60),
  turnover_minutes bigint not null check (turnover_minutes between 0 and 60),
  primary key (id, version)
);

-- Identity and contact are sealed; what is plain identifies nobody.
create table patient (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  organization_id text not null,
  active bigint not null check (active in (0, 1)),
  name_sealed text not null,       -- FHIR HumanName list; sealed under the patient's data key
  birth_date_sealed text,          -- FHIR date with its precision
  telecom_sealed text,
  address_sealed text,
  identifier_sealed text,
  gender text check (gender in ('male', 'female', 'other', 'unknown')),
  deceased_ms bigint,
  primary key (id, version)
);

-- A consent; withdrawal is a new version that is inactive.
create table consent (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  status text not null check (status in ('active', 'rejected', 'inactive', 'entered-in-error')),
  category text not null check (category in ('treatment', 'bed', 'sharing', 'messages')),
  given_ms bigint not null,
  primary key (id, version)
);

-- A course of care; holds visits.
create table episode_of_care (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  organization_id text not null,
  status text not null check (status in ('planned', 'waitlist', 'active', 'onhold', 'finished', 'cancelled', 'entered-in-error')),
  start_ms bigint not null,
  end_ms bigint,
  goal_sealed text,
  primary key (id, version)
);

-- A visit.
create table encounter (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  episode_id text,
  site_id text,
  practitioner_id text,
  status text not null check (status in ('planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled', 'entered-in-error', 'unknown')),
  start_ms bigint not null,
  end_ms bigint,
  primary key (id, version)
);

-- Symptom severity, stress, joint stiffness, bed readings.
create table observation (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  encounter_id text,
  procedure_id text,               -- for readings that a bed session reported
  status text not null check (status in ('registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown')),
  code_system text not null,
  code text not null,
  side text check (side in ('left', 'right', 'both', 'midline')),
  site text,                       -- spinal level or bed zone, where the code has one
  value bigint,
  pain_on_pressure bigint check (pain_on_pressure in (0, 1)),
  effective_ms bigint not null,
  note_sealed text,
  primary key (id, version),
  check (code_system <> 'urn:facet:symptom' or value between 0 and 10),
  check (code_system <> 'urn:facet:measure' or code <> 'stress' or value between 0 and 10),
  check (code_system <> 'urn:facet:measure' or code <> 'segmental-motion' or value between 0 and 6)
);

-- Screening answers; re-asked answers are a new response, not a new version.
create table questionnaire_response (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  encounter_id text,
  questionnaire text not null,
  questionnaire_version text not null,
  status text not null check (status in ('in-progress', 'completed', 'amended', 'entered-in-error', 'stopped')),
  authored_ms bigint not null,
  answers_sealed text not null,    -- linkId to answer, JSON
  primary key (id, version)
);

-- A clinician's clearance of one patient for the bed.
create table clinical_impression (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  encounter_id text,
  status text not null check (status in ('in-progress', 'completed', 'entered-in-error')),
  assessor_id text not null,
  assessor_role text not null,
  regulator text not null,         -- copied: what was true when the clearance was given
  registration_number text not null,
  registration_expires text not null,
  start_ms bigint not null,
  end_ms bigint not null,
  zones text not null,             -- comma-separated, of the bed's six
  max_strength bigint not null check (max_strength between 1 and 5),
  max_minutes bigint not null check (max_minutes between 1 and 60),
  summary_sealed text,
  primary key (id, version),
  check (start_ms < end_ms)
);

-- What is ordered on the bed: zones, ordinals of strength and speed, minutes.
create table service_request (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  encounter_id text,
  clearance_id text,
  requester_id text not null,
  status text not null check (status in ('draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown')),
  zones text not null,
  strength bigint not null check (strength between 1 and 5),
  speed bigint not null check (speed between 1 and 5),
  minutes bigint not null check (minutes between 1 and 60),
  authored_ms bigint not null,
  primary key (id, version)
);

-- A bed, its room and its physiotherapist, bookable together.
create table schedule (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  organization_id text not null,
  active bigint not null check (active in (0, 1)),
  name text not null,
  opening text not null,           -- "1 07:00-19:00, ..." (ISO weekday, wall clock at the site); empty: always
  device_id text not null,
  room_id text not null,
  practitioner_id text not null,
  primary key (id, version)
);

-- A booked session.
create table appointment (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  service_request_id text not null,
  schedule_id text not null,
  status text not null check (status in ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error', 'checked-in', 'waitlist')),
  start_ms bigint not null,
  end_ms bigint not null,
  local_start text not null,       -- wall clock at the site, YYYY-MM-DDTHH:MM
  time_zone text not null,
  reason_sealed text,
  primary key (id, version),
  check (start_ms < end_ms)
);

-- What the bed did; one order gives one procedure.
create table procedure (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text not null,
  service_request_id text not null,
  appointment_id text not null,
  device_id text not null,
  order_id text not null,
  status text not null check (status in ('preparation', 'in-progress', 'not-done', 'on-hold', 'stopped', 'completed', 'entered-in-error', 'unknown')),
  start_ms bigint not null,
  end_ms bigint not null,
  delivered_s bigint not null check (delivered_s >= 0),
  paused_s bigint not null check (paused_s >= 0),
  peak_force_n bigint not null,
  mean_force_n bigint not null,
  stop_cause text not null,
  zones text not null,             -- JSON list: zone, presses, tension before and after
  simulated bigint not null check (simulated in (0, 1)),
  primary key (id, version),
  unique (order_id, version)
);

-- What was given to a patient.
create table document_reference (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  patient_id text,
  status text not null check (status in ('current', 'superseded', 'entered-in-error')),
  language text not null,
  text_version text not null,
  content_id text not null,
  content_type text not null,
  content_sha256 text not null,
  content_bytes bigint not null,
  given_ms bigint not null,
  given_by text not null,
  primary key (id, version)
);

-- A patient's data key, wrapped by the clinic's key. Erasing a patient deletes this row.
create table patient_key (
  patient_id text primary key,
  wrapped_key text not null,
  clinic_key_id text not null,     -- which clinic key wraps it, for rotation
  created_ms bigint not null
);

-- Blind prefix index of names: keyed hashes, from which nothing can be read back.
create table patient_name_token (
  token text not null,
  patient_id text not null references patient_key (patient_id) on delete cascade,
  primary key (token, patient_id)
);

-- What an author has not signed yet; outside the record, so it may change.
create table encounter_draft (
  encounter_id text not null,
  author_id text not null,
  patient_id text not null,
  body_sealed text not null,
  updated_ms bigint not null,
  primary key (encounter_id, author_id)
);

-- Every answer of the gate, with its reasons.
create table gate_decision (
  id text primary key,
  patient_id text not null,
  service_request_id text,
  asked_at text not null check (asked_at in ('booking', 'check-in', 'signing', 'ready')),
  for_ms bigint not null,          -- the moment it was asked for, e.g. the start of the slot
  decided_ms bigint not null,
  principal text not null,
  open bigint not null check (open in (0, 1)),
  reasons text not null            -- JSON list of rule ids and texts
);

-- Allow-list of the beds' public keys.
create table bed_credential (
  device_id text not null,
  spki_sha256 text primary key,
  certificate_pem text not null,
  paired_ms bigint not null,
  revoked_ms bigint
);

-- Which instance's gateway speaks for a bed.
create table bed_lease (
  device_id text primary key,
  holder text not null,
  epoch bigint not null,           -- fencing token: the bed refuses a smaller one
  expires_ms bigint not null
);

-- Signed orders, exactly as sent.
create table bed_order (
  id text primary key,             -- order_id on the link
  device_id text not null,
  counter bigint not null,         -- grows by one an order on a bed
  appointment_id text not null,
  appointment_version bigint not null,
  service_request_id text not null,
  patient_id text not null,
  patient_ref text not null,       -- random; all that the bed knows of the patient
  match_code_sealed text not null,
  jws text not null,
  not_before_ms bigint not null,
  not_after_ms bigint not null,
  signed_ms bigint not null,
  unique (device_id, counter),
  unique (appointment_id, appointment_version)
);

-- Where each order stands, as the bed last told.
create table bed_session (
  order_id text primary key references bed_order (id),
  device_id text not null,
  state text not null check (state in ('ordered', 'accepted', 'ready', 'running', 'paused', 'completed', 'stopped', 'aborted', 'refused', 'cancelled', 'missed')),
  reason text not null,            -- error code or stop cause; empty if none
  elapsed_s bigint not null,
  changed_ms bigint not null
);

-- The beds' journals, acknowledged only after they are here.
create table bed_event (
  device_id text not null,
  journal_id text not null,
  number bigint not null,          -- seq on the link, gap-free within a journal
  order_id text not null,
  type text not null,
  at_ms bigint not null,
  received_ms bigint not null,
  body text not null,              -- as received
  sha256 text not null,
  primary key (device_id, journal_id, number)
);

-- Exact bytes of what was given.
create table binary_content (
  id text primary key,
  patient_id text,
  content_type text not null,
  body_sealed text not null,
  created_ms bigint not null
);

-- The audit trail; mac covers the row and the mac before it.
create table audit_event (
  chain text not null,
  number bigint not null,
  id text not null,
  recorded_ms bigint not null,
  principal text not null,
  roles text not null,
  remote text not null,
  purpose text not null,
  action text not null,
  resource_type text not null,
  resource_id text not null,
  patient_ids text not null,
  outcome text not null,
  reason text not null,
  mac text not null,
  primary key (chain, number)
);

-- Finds the audit events of one patient.
create table audit_patient (
  patient_id text not null,
  chain text not null,
  number bigint not null,
  primary key (patient_id, chain, number)
);

-- News from one folder to a folder below it, in order.
create table outbox (
  number bigint generated always as identity primary key,
  topic text not null,
  resource_id text not null,
  created_ms bigint not null,
  consumed_ms bigint
);

-- What a booking occupies: one row a participant, each with its own half-open interval. A bed and a
-- patient are never held twice at one time; a room or a person may be, over an older hold, by an
-- override with its reason. No hold is longer than a day, so that look-ups can bound start_ms below.
create table booking_hold (
  resource_id text not null,
  start_ms bigint not null,
  end_ms bigint not null,
  appointment_id text not null,
  resource_type text not null check (resource_type in ('Device', 'Location', 'Practitioner', 'Patient')),
  override_reason text,
  primary key (resource_id, start_ms, appointment_id),
  check (start_ms < end_ms and end_ms - start_ms <= 86400000),
  check (override_reason is null or resource_type in ('Location', 'Practitioner')),
  constraint booking_hold_no_overlap exclude using gist
    (resource_id with =, int8range(start_ms, end_ms) with &&)
    where (resource_type in ('Device', 'Patient')),
  constraint booking_hold_no_overlap_unless_overridden exclude using gist
    (resource_id with =, int8range(start_ms, end_ms) with &&)
    where (override_reason is null and resource_type in ('Location', 'Practitioner'))
);
create index booking_hold_appointment on booking_hold (appointment_id);

-- The exclusion constraint does not see overridden rows: a normal hold over one of them is refused
-- here. (Against a concurrent override the normal hold counts as the older, which is allowed.)
create function booking_hold_respect_overridden() returns trigger language plpgsql as $$
begin
  if new.override_reason is null and exists (
    select 1 from booking_hold
    where resource_id = new.resource_id and override_reason is not null
      and start_ms < new.end_ms and start_ms > new.start_ms - 86400000 and end_ms > new.start_ms)
  then
    return null;
  end if;
  return new;
end $$;
create trigger booking_hold_respect_overridden before insert on booking_hold
  for each row execute function booking_hold_respect_overridden();

create function booking_hold_no_move() returns trigger language plpgsql as $$
begin
  raise exception 'a hold is released and taken again, never moved' using errcode = 'FA002';
end $$;
create trigger booking_hold_no_move before update on booking_hold
  for each row execute function booking_hold_no_move();

create index patient_name_token_patient on patient_name_token (patient_id);
create index consent_patient on consent (patient_id);
create index episode_of_care_patient on episode_of_care (patient_id);
create index encounter_patient on encounter (patient_id, start_ms);
create index observation_patient on observation (patient_id, effective_ms);
create index observation_encounter on observation (encounter_id);
create index questionnaire_response_patient on questionnaire_response (patient_id, authored_ms);
create index clinical_impression_patient on clinical_impression (patient_id, end_ms);
create index service_request_patient on service_request (patient_id);
create index schedule_device on schedule (device_id);
create index appointment_patient on appointment (patient_id, start_ms);
create index appointment_start on appointment (start_ms);
create index appointment_service_request on appointment (service_request_id);
create index procedure_patient on procedure (patient_id, start_ms);
create index document_reference_patient on document_reference (patient_id, given_ms);
create index gate_decision_patient on gate_decision (patient_id, decided_ms);
create index bed_session_device on bed_session (device_id, changed_ms);
create index outbox_pending on outbox (topic, number) where consumed_ms is null;

-- Amend-only: also against TRUNCATE.
create function amend_only() returns trigger language plpgsql as $$
begin
  raise exception '% is amend-only', tg_table_name using errcode = 'FA001';
end $$;

-- Versions are numbered without gaps.
create function next_version() returns trigger language plpgsql as $$
declare
  latest bigint;
begin
  execute format('select coalesce(max(version), 0) from %I where id = $1', tg_table_name)
    into latest using new.id;
  if new.version <> latest + 1 then
    raise exception '% was changed by somebody else', tg_table_name using errcode = 'FA003';
  end if;
  return new;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array[
    'organization',
    'location',
    'practitioner',
    'device',
    'patient',
    'consent',
    'episode_of_care',
    'encounter',
    'observation',
    'questionnaire_response',
    'clinical_impression',
    'service_request',
    'schedule',
    'appointment',
    'procedure',
    'document_reference',
    'gate_decision',
    'bed_order',
    'bed_event',
    'binary_content',
    'audit_event']
  loop
    execute format('create trigger amend_only before update or delete on %I '
                   'for each row execute function amend_only()', name);
    execute format('create trigger amend_only_truncate before truncate on %I '
                   'for each statement execute function amend_only()', name);
  end loop;
  foreach name in array array[
    'organization',
    'location',
    'practitioner',
    'device',
    'patient',
    'consent',
    'episode_of_care',
    'encounter',
    'observation',
    'questionnaire_response',
    'clinical_impression',
    'service_request',
    'schedule',
    'appointment',
    'procedure',
    'document_reference']
  loop
    execute format('create trigger next_version before insert on %I '
                   'for each row execute function next_version()', name);
  end loop;
end $$;
