-- SPDX-License-Identifier: MPL-2.0
-- Which clinic keys wrap patients' data keys. The newest wraps; there are two while a rotation is under way.
-- The PostgreSQL twin of this file is schema/postgresql/0005_clinic_key.sql.

create table clinic_key (
  id text primary key,             -- of the file in DIR/keys: the start of its SHA-256
  created_ms bigint not null
) without rowid;
insert into clinic_key (id, created_ms)
select clinic_key_id, min(created_ms) from patient_key group by clinic_key_id;
create index patient_key_clinic_key on patient_key (clinic_key_id);

-- No row names a key that was taken off, and none is taken off that a row names: whoever could delete a
-- key here may destroy its file.
create trigger patient_key_known_key before insert on patient_key
when not exists (select 1 from clinic_key where id = new.clinic_key_id)
begin select raise(abort, 'this clinic key is not in use'); end;
create trigger patient_key_known_new_key before update on patient_key
when not exists (select 1 from clinic_key where id = new.clinic_key_id)
begin select raise(abort, 'this clinic key is not in use'); end;
create trigger clinic_key_in_use before delete on clinic_key
when exists (select 1 from patient_key where clinic_key_id = old.id)
begin select raise(abort, 'patients'' keys are wrapped by this clinic key'); end;
