// SPDX-License-Identifier: MPL-2.0
// The parts of FHIR R4 that these screens read or write, and nothing more.

export interface Resource {
  resourceType: string;
  id?: string;
}

export interface Reference {
  reference: string;
  display?: string;
}

export interface CodeableConcept {
  coding?: { system?: string; code?: string; display?: string }[];
  text?: string;
}

export interface Extension {
  url: string;
  valueCode?: string;
  valueInteger?: number;
}

export interface OperationOutcome extends Resource {
  resourceType: "OperationOutcome";
  issue: {
    severity: string;
    code: string;
    diagnostics?: string;
    details?: { text?: string };
  }[];
}

export interface Bundle extends Resource {
  resourceType: "Bundle";
  type: string;
  entry?: { fullUrl?: string; resource?: Resource }[];
}

export interface Patient extends Resource {
  resourceType: "Patient";
  name?: { text?: string; given?: string[]; family?: string }[];
  birthDate?: string;
  gender?: string;
}

export interface CodeSystem extends Resource {
  resourceType: "CodeSystem";
  concept?: {
    code: string;
    display: string;
    property?: { code: string; valueCode?: string; valueString?: string }[];
  }[];
}

export interface Encounter extends Resource {
  resourceType: "Encounter";
  status: string;
  class: { system: string; code: string };
  subject: Reference;
  period?: { start?: string };
}

export interface Observation extends Resource {
  resourceType: "Observation";
  status: string;
  code: CodeableConcept;
  subject: Reference;
  encounter?: Reference;
  effectiveDateTime?: string;
  valueInteger?: number;
  bodySite?: CodeableConcept;
}

export interface DocumentReference extends Resource {
  resourceType: "DocumentReference";
  extension?: Extension[];
  status?: string;
  date?: string;
  author?: { identifier?: { value?: string } }[];
  content: { attachment: { url: string; language?: string } }[];
}

export interface Practitioner extends Resource {
  resourceType: "Practitioner";
  name?: Patient["name"];
}

export interface Schedule extends Resource {
  resourceType: "Schedule";
  actor: Reference[];
}

export interface Slot extends Resource {
  resourceType: "Slot";
  start: string;
  end: string;
}

export interface ServiceRequest extends Resource {
  resourceType: "ServiceRequest";
  status: string;
  intent: string;
  code: CodeableConcept;
  subject: Reference;
  requester?: Reference;
  extension?: Extension[];
}

export interface Appointment extends Resource {
  resourceType: "Appointment";
  status: string;
  start: string;
  end: string;
  basedOn?: Reference[];
  participant: { actor: Reference; status: string }[];
}

export const coded = (system: string, code: string): CodeableConcept => ({
  coding: [{ system, code }],
});

export const code_in = (concept: CodeableConcept | undefined, system: string): string =>
  concept?.coding?.find((c) => c.system === system)?.code ?? "";

export const to = (type: string, id: string): Reference => ({ reference: `${type}/${id}` });

/** A UUIDv7: the milliseconds first, then chance, so that the database's keys arrive in order. */
export function new_id(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(Date.now() / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, Date.now() % 2 ** 32);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
