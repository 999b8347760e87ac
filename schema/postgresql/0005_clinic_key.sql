-- SPDX-License-Identifier: MPL-2.0
-- Which clinic keys wrap patients' data keys. The newest wraps; there are two while a rotation is under way.
-- The SQLite twin of this file is schema/sqlite/0005_clinic_key.sql.

create table clinic_key (
  id text primary key,             -- of the file in DIR/keys: the start of its SHA-256
  created_ms bigint not null
);
insert into clinic_key (id, created_ms)
select clinic_key_id, min(created_ms) from patient_key group by clinic_key_id;
create index patient_key_clinic_key on patient_key (clinic_key_id);

-- No row names a key that was taken off, and none is taken off that a row names: whoever could delete a
-- key here may destroy its file.
alter table patient_key add constraint patient_key_known_key
  foreign key (clinic_key_id) references clinic_key (id);
