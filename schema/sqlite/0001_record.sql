-- SPDX-License-Identifier: MPL-2.0
-- The record, the diary, the beds and the audit trail.
--
-- Versioned tables hold one immutable row per version of a resource; the current one has the highest
-- version. author_id is the principal who wrote it, recorded_ms when (UTC milliseconds, as all *_ms).
-- Columns named *_sealed are AES-256-GCM under the patient's data key, as base64.
-- The PostgreSQL twin of this file is schema/postgresql/0001_record.sql.

-- A clinic, or a chain of clinics.
create table organization (
  id text not null,
  version bigint not null check (version >= 1),
  recorded_ms bigint not null,
  author_id text not null,
  status text not null check (status in ('active', 'inactive')),
  name text not null,
  primary key (id, version)
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

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
) without rowid;

-- A patient's data key, wrapped by the clinic's key. Erasing a patient deletes this row.
create table patient_key (
  patient_id text primary key,
  wrapped_key text not null,
  clinic_key_id text not null,     -- which clinic key wraps it, for rotation
  created_ms bigint not null
) without rowid;

-- Blind prefix index of names: keyed hashes, from which nothing can be read back.
create table patient_name_token (
  token text not null,
  patient_id text not null references patient_key (patient_id) on delete cascade,
  primary key (token, patient_id)
) without rowid;

-- What an author has not signed yet; outside the record, so it may change.
create table encounter_draft (
  encounter_id text not null,
  author_id text not null,
  patient_id text not null,
  body_sealed text not null,
  updated_ms bigint not null,
  primary key (encounter_id, author_id)
) without rowid;

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
) without rowid;

-- Allow-list of the beds' public keys.
create table bed_credential (
  device_id text not null,
  spki_sha256 text primary key,
  certificate_pem text not null,
  paired_ms bigint not null,
  revoked_ms bigint
) without rowid;

-- Which instance's gateway speaks for a bed.
create table bed_lease (
  device_id text primary key,
  holder text not null,
  epoch bigint not null,           -- fencing token: the bed refuses a smaller one
  expires_ms bigint not null
) without rowid;

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
) without rowid;

-- Where each order stands, as the bed last told.
create table bed_session (
  order_id text primary key references bed_order (id),
  device_id text not null,
  state text not null check (state in ('ordered', 'accepted', 'ready', 'running', 'paused', 'completed', 'stopped', 'aborted', 'refused', 'cancelled', 'missed')),
  reason text not null,            -- error code or stop cause; empty if none
  elapsed_s bigint not null,
  changed_ms bigint not null
) without rowid;

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
) without rowid;

-- Exact bytes of what was given.
create table binary_content (
  id text primary key,
  patient_id text,
  content_type text not null,
  body_sealed text not null,
  created_ms bigint not null
) without rowid;

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
) without rowid;

-- Finds the audit events of one patient.
create table audit_patient (
  patient_id text not null,
  chain text not null,
  number bigint not null,
  primary key (patient_id, chain, number)
) without rowid;

-- News from one folder to a folder below it, in order.
create table outbox (
  number integer primary key autoincrement,
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
  check (override_reason is null or resource_type in ('Location', 'Practitioner'))
) without rowid;
create index booking_hold_appointment on booking_hold (appointment_id);

create trigger booking_hold_no_overlap before insert on booking_hold
when new.override_reason is null and exists (
  select 1 from booking_hold
  where resource_id = new.resource_id and start_ms < new.end_ms
    and start_ms > new.start_ms - 86400000 and end_ms > new.start_ms)
begin
  select raise(ignore);
end;
create trigger booking_hold_no_move before update on booking_hold
begin
  select raise(abort, 'a hold is released and taken again, never moved');
end;

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

-- Amend-only. INSERT OR REPLACE slips past the first two triggers: the third stops it, or on versioned
-- tables the check of the version below.
create trigger organization_no_update before update on organization
begin select raise(abort, 'organization is amend-only'); end;
create trigger organization_no_delete before delete on organization
begin select raise(abort, 'organization is amend-only'); end;
create trigger location_no_update before update on location
begin select raise(abort, 'location is amend-only'); end;
create trigger location_no_delete before delete on location
begin select raise(abort, 'location is amend-only'); end;
create trigger practitioner_no_update before update on practitioner
begin select raise(abort, 'practitioner is amend-only'); end;
create trigger practitioner_no_delete before delete on practitioner
begin select raise(abort, 'practitioner is amend-only'); end;
create trigger device_no_update before update on device
begin select raise(abort, 'device is amend-only'); end;
create trigger device_no_delete before delete on device
begin select raise(abort, 'device is amend-only'); end;
create trigger patient_no_update before update on patient
begin select raise(abort, 'patient is amend-only'); end;
create trigger patient_no_delete before delete on patient
begin select raise(abort, 'patient is amend-only'); end;
create trigger consent_no_update before update on consent
begin select raise(abort, 'consent is amend-only'); end;
create trigger consent_no_delete before delete on consent
begin select raise(abort, 'consent is amend-only'); end;
create trigger episode_of_care_no_update before update on episode_of_care
begin select raise(abort, 'episode_of_care is amend-only'); end;
create trigger episode_of_care_no_delete before delete on episode_of_care
begin select raise(abort, 'episode_of_care is amend-only'); end;
create trigger encounter_no_update before update on encounter
begin select raise(abort, 'encounter is amend-only'); end;
create trigger encounter_no_delete before delete on encounter
begin select raise(abort, 'encounter is amend-only'); end;
create trigger observation_no_update before update on observation
begin select raise(abort, 'observation is amend-only'); end;
create trigger observation_no_delete before delete on observation
begin select raise(abort, 'observation is amend-only'); end;
create trigger questionnaire_response_no_update before update on questionnaire_response
begin select raise(abort, 'questionnaire_response is amend-only'); end;
create trigger questionnaire_response_no_delete before delete on questionnaire_response
begin select raise(abort, 'questionnaire_response is amend-only'); end;
create trigger clinical_impression_no_update before update on clinical_impression
begin select raise(abort, 'clinical_impression is amend-only'); end;
create trigger clinical_impression_no_delete before delete on clinical_impression
begin select raise(abort, 'clinical_impression is amend-only'); end;
create trigger service_request_no_update before update on service_request
begin select raise(abort, 'service_request is amend-only'); end;
create trigger service_request_no_delete before delete on service_request
begin select raise(abort, 'service_request is amend-only'); end;
create trigger schedule_no_update before update on schedule
begin select raise(abort, 'schedule is amend-only'); end;
create trigger schedule_no_delete before delete on schedule
begin select raise(abort, 'schedule is amend-only'); end;
create trigger appointment_no_update before update on appointment
begin select raise(abort, 'appointment is amend-only'); end;
create trigger appointment_no_delete before delete on appointment
begin select raise(abort, 'appointment is amend-only'); end;
create trigger procedure_no_update before update on procedure
begin select raise(abort, 'procedure is amend-only'); end;
create trigger procedure_no_delete before delete on procedure
begin select raise(abort, 'procedure is amend-only'); end;
create trigger document_reference_no_update before update on document_reference
begin select raise(abort, 'document_reference is amend-only'); end;
create trigger document_reference_no_delete before delete on document_reference
begin select raise(abort, 'document_reference is amend-only'); end;
create trigger gate_decision_no_update before update on gate_decision
begin select raise(abort, 'gate_decision is amend-only'); end;
create trigger gate_decision_no_delete before delete on gate_decision
begin select raise(abort, 'gate_decision is amend-only'); end;
create trigger gate_decision_no_replace before insert on gate_decision
when exists (select 1 from gate_decision where id = new.id)
begin select raise(abort, 'gate_decision has that row already'); end;
create trigger bed_order_no_update before update on bed_order
begin select raise(abort, 'bed_order is amend-only'); end;
create trigger bed_order_no_delete before delete on bed_order
begin select raise(abort, 'bed_order is amend-only'); end;
create trigger bed_order_no_replace before insert on bed_order
when exists (select 1 from bed_order where id = new.id)
begin select raise(abort, 'bed_order has that row already'); end;
create trigger bed_event_no_update before update on bed_event
begin select raise(abort, 'bed_event is amend-only'); end;
create trigger bed_event_no_delete before delete on bed_event
begin select raise(abort, 'bed_event is amend-only'); end;
create trigger bed_event_no_replace before insert on bed_event
when exists (select 1 from bed_event where device_id = new.device_id and journal_id = new.journal_id and number = new.number)
begin select raise(abort, 'bed_event has that row already'); end;
create trigger binary_content_no_update before update on binary_content
begin select raise(abort, 'binary_content is amend-only'); end;
create trigger binary_content_no_delete before delete on binary_content
begin select raise(abort, 'binary_content is amend-only'); end;
create trigger binary_content_no_replace before insert on binary_content
when exists (select 1 from binary_content where id = new.id)
begin select raise(abort, 'binary_content has that row already'); end;
create trigger audit_event_no_update before update on audit_event
begin select raise(abort, 'audit_event is amend-only'); end;
create trigger audit_event_no_delete before delete on audit_event
begin select raise(abort, 'audit_event is amend-only'); end;
create trigger audit_event_no_replace before insert on audit_event
when exists (select 1 from audit_event where chain = new.chain and number = new.number)
begin select raise(abort, 'audit_event has that row already'); end;

-- Versions are numbered without gaps.
create trigger organization_next_version before insert on organization
when new.version <> 1 + (select coalesce(max(version), 0) from organization where id = new.id)
begin select raise(abort, 'organization was changed by somebody else'); end;
create trigger location_next_version before insert on location
when new.version <> 1 + (select coalesce(max(version), 0) from location where id = new.id)
begin select raise(abort, 'location was changed by somebody else'); end;
create trigger practitioner_next_version before insert on practitioner
when new.version <> 1 + (select coalesce(max(version), 0) from practitioner where id = new.id)
begin select raise(abort, 'practitioner was changed by somebody else'); end;
create trigger device_next_version before insert on device
when new.version <> 1 + (select coalesce(max(version), 0) from device where id = new.id)
begin select raise(abort, 'device was changed by somebody else'); end;
create trigger patient_next_version before insert on patient
when new.version <> 1 + (select coalesce(max(version), 0) from patient where id = new.id)
begin select raise(abort, 'patient was changed by somebody else'); end;
create trigger consent_next_version before insert on consent
when new.version <> 1 + (select coalesce(max(version), 0) from consent where id = new.id)
begin select raise(abort, 'consent was changed by somebody else'); end;
create trigger episode_of_care_next_version before insert on episode_of_care
when new.version <> 1 + (select coalesce(max(version), 0) from episode_of_care where id = new.id)
begin select raise(abort, 'episode_of_care was changed by somebody else'); end;
create trigger encounter_next_version before insert on encounter
when new.version <> 1 + (select coalesce(max(version), 0) from encounter where id = new.id)
begin select raise(abort, 'encounter was changed by somebody else'); end;
create trigger observation_next_version before insert on observation
when new.version <> 1 + (select coalesce(max(version), 0) from observation where id = new.id)
begin select raise(abort, 'observation was changed by somebody else'); end;
create trigger questionnaire_response_next_version before insert on questionnaire_response
when new.version <> 1 + (select coalesce(max(version), 0) from questionnaire_response where id = new.id)
begin select raise(abort, 'questionnaire_response was changed by somebody else'); end;
create trigger clinical_impression_next_version before insert on clinical_impression
when new.version <> 1 + (select coalesce(max(version), 0) from clinical_impression where id = new.id)
begin select raise(abort, 'clinical_impression was changed by somebody else'); end;
create trigger service_request_next_version before insert on service_request
when new.version <> 1 + (select coalesce(max(version), 0) from service_request where id = new.id)
begin select raise(abort, 'service_request was changed by somebody else'); end;
create trigger schedule_next_version before insert on schedule
when new.version <> 1 + (select coalesce(max(version), 0) from schedule where id = new.id)
begin select raise(abort, 'schedule was changed by somebody else'); end;
create trigger appointment_next_version before insert on appointment
when new.version <> 1 + (select coalesce(max(version), 0) from appointment where id = new.id)
begin select raise(abort, 'appointment was changed by somebody else'); end;
create trigger procedure_next_version before insert on procedure
when new.version <> 1 + (select coalesce(max(version), 0) from procedure where id = new.id)
begin select raise(abort, 'procedure was changed by somebody else'); end;
create trigger document_reference_next_version before insert on document_reference
when new.version <> 1 + (select coalesce(max(version), 0) from document_reference where id = new.id)
begin select raise(abort, 'document_reference was changed by somebody else'); end;
