// SPDX-License-Identifier: MPL-2.0
// A stand-in for the server, so that the page can be tested alone and its rare answers (a refused
// booking, a lost session, a bed that goes offline) can be produced at will. Tests only.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const CSP = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'";
const FHIR = "application/fhir+json";
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

export const accounts = [
  { user: "physio", password: "correct-horse", roles: ["physiotherapist"] },
  { user: "desk", password: "battery-staple", roles: ["reception"] },
];
export const CLEARED = "0190a000-0000-7000-8000-000000000001";
export const NOT_CLEARED = "0190a000-0000-7000-8000-000000000002";
const BED = "0190b000-0000-7000-8000-000000000001";

const person = (id, given, family, birthDate, gender) => ({
  resourceType: "Patient",
  id,
  name: [{ given: [given], family }],
  birthDate,
  gender,
});

function sample_record() {
  const schedule = {
    resourceType: "Schedule",
    id: "0190c000-0000-7000-8000-000000000001",
    actor: [
      { reference: `Device/${BED}`, display: "Bed 1" },
      { reference: "Location/0190d000-0000-7000-8000-000000000001", display: "Room 2" },
      { reference: "Practitioner/0190e000-0000-7000-8000-000000000001" },
    ],
  };
  const practitioner = {
    resourceType: "Practitioner",
    id: "0190e000-0000-7000-8000-000000000001",
    name: [{ given: ["Min-ji"], family: "Park" }],
  };
  const resources = [
    person(CLEARED, "Aisha", "Okafor", "1984-03-09", "female"),
    person(NOT_CLEARED, "Tomasz", "Nowak", "1971-11-30", "male"),
    person("0190a000-0000-7000-8000-000000000003", "Grace", "Lindqvist-Baptiste", "1990-07", "female"),
    schedule,
    practitioner,
  ];
  return new Map(resources.map((r) => [`${r.resourceType}/${r.id}`, r]));
}

async function catalogue(file) {
  const { symptoms } = JSON.parse(await readFile(file, "utf8"));
  return {
    resourceType: "CodeSystem",
    id: "symptom",
    concept: symptoms.map((s) => ({
      code: s.id,
      display: s.plain_name,
      property: [
        { code: "region", valueCode: s.region },
        ...s.laterality.map((side) => ({ code: "laterality", valueCode: side })),
      ],
    })),
  };
}

const outcome = (code, diagnostics, expression = []) => ({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code, diagnostics, expression }],
});

export class ClinicDouble {
  record = sample_record();
  faults = [];
  asked_handouts = [];
  sessions = new Map();
  watchers = new Set();
  events = 0;
  bed = { device_id: BED, online: true, state: "idle" };

  constructor(dist, symptoms) {
    this.dist = dist;
    this.symptoms = symptoms;
  }

  async start() {
    this.code_system = await catalogue(this.symptoms);
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  end_sessions() {
    this.sessions.clear();
  }

  /** The bed tells news to everyone who watches. */
  tell(news) {
    this.bed = { ...this.bed, ...news };
    this.events += 1;
    for (const watcher of this.watchers) this.write_bed(watcher);
  }

  write_bed(response) {
    response.write(`id: ${this.events}\nevent: bed\ndata: ${JSON.stringify(this.bed)}\n\n`);
  }

  async answer(request, response) {
    response.setHeader("Content-Security-Policy", CSP);
    const url = new URL(request.url, this.url);
    let body = "";
    for await (const part of request) body += part;
    try {
      await this.route(request, url, body, response);
    } catch (fault) {
      if (!(fault instanceof Answer)) this.faults.push(String(fault?.stack ?? fault));
      const { status, json } = fault instanceof Answer ? fault : new Answer(500, {});
      response.writeHead(status, { "Content-Type": FHIR });
      response.end(JSON.stringify(json));
    }
  }

  async route(request, url, body, response) {
    const path = url.pathname;
    const who = this.sessions.get(/facet_session=(\w+)/.exec(request.headers.cookie ?? "")?.[1]);
    if (path === "/login") return this.log_in(JSON.parse(body), response);
    if (path === "/" || path === "/facet") {
      response.writeHead(302, { Location: "/facet/" });
      return response.end();
    }
    if (path === "/facet/" || path.startsWith("/facet/assets/")) return this.file(path, response);
    if (who === undefined) throw new Answer(401, outcome("login", "log in first"));
    if (request.method !== "GET" && request.headers["x-facet-request"] !== "1")
      throw new Answer(403, outcome("forbidden", "a change must come from Facet's own page"));
    if (path === "/session") throw new Answer(200, who);
    if (path === "/logout") return this.log_out(response);
    if (path.startsWith("/facet/live/beds/")) return this.live(request, response);
    if (path === "/facet/pages/handout-languages") throw new Answer(200, LANGUAGES);
    const below = decodeURIComponent(path.replace("/facet/fhir/", ""));
    if (request.method === "GET") return this.read(below, url.searchParams, response);
    if (!request.headers["content-type"]?.startsWith(FHIR))
      throw new Answer(415, outcome("not-supported", "send application/fhir+json"));
    this.write(request.method, below, JSON.parse(body), who);
  }

  log_in({ user, password }, response) {
    const account = accounts.find((a) => a.user === user && a.password === password);
    if (account === undefined) throw new Answer(401, outcome("login", "wrong"));
    const key = `s${this.sessions.size + 1}`;
    const who = { user, user_id: user, roles: account.roles };
    this.sessions.set(key, who);
    response.setHeader("Set-Cookie", `facet_session=${key}; Path=/; HttpOnly; SameSite=Strict`);
    throw new Answer(200, who);
  }

  log_out(response) {
    this.sessions.clear();
    response.setHeader("Set-Cookie", "facet_session=; Path=/; Max-Age=0");
    throw new Answer(200, {});
  }

  async file(path, response) {
    const name = path === "/facet/" ? "index.html" : path.replace("/facet/", "");
    const bytes = await readFile(join(this.dist, name)).catch(() => null);
    if (bytes === null) throw new Answer(404, outcome("not-found", "no such file"));
    response.writeHead(200, { "Content-Type": TYPES[name.split(".").pop()] });
    response.end(bytes);
  }

  live(request, response) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    this.watchers.add(response);
    request.on("close", () => this.watchers.delete(response));
    this.write_bed(response);
  }

  read(path, query, response) {
    if (path === "CodeSystem/symptom") throw new Answer(200, this.code_system);
    if (path.startsWith("Binary/")) {
      response.writeHead(200, { "Content-Type": "application/pdf" });
      return response.end("%PDF-1.4\n%%EOF\n");
    }
    if (path === "Slot") throw new Answer(200, bundle([this.first_slot(query)]));
    if (path.includes("/")) {
      const found = this.record.get(path);
      throw found ? new Answer(200, found) : new Answer(404, outcome("not-found", "no such resource"));
    }
    throw new Answer(200, bundle(this.matching(path, query)));
  }

  matching(type, query) {
    const name = (query.get("name") ?? "").toLowerCase();
    const patient = query.get("patient");
    const about = (r) => [r.subject?.reference, ...(r.participant ?? []).map((p) => p.actor.reference)];
    return [...this.record.values()].filter(
      (r) =>
        r.resourceType === type &&
        (patient === null || about(r).includes(`Patient/${patient}`)) &&
        (name === "" || JSON.stringify(r.name).toLowerCase().includes(name)),
    );
  }

  first_slot(query) {
    const booked = [...this.record.values()].filter((r) => r.resourceType === "Appointment").length;
    const base = new Date(query.get("start").slice(2));
    base.setMinutes(0, 0, 0);
    const start = new Date(base.getTime() + 3_600_000 + booked * 1_800_000);
    return {
      resourceType: "Slot",
      start: start.toISOString(),
      end: new Date(start.getTime() + 1_800_000).toISOString(),
      status: "free",
    };
  }

  write(method, path, body, who) {
    const handout = /^Patient\/(.+)\/\$handout$/.exec(path);
    if (handout) {
      const value = (name) => body.parameter.find((p) => p.name === name)?.valueCode;
      const attachment = { contentType: "application/pdf", language: value("language") ?? "en-GB", url: "Binary/0190f000" };
      const made = {
        resourceType: "DocumentReference",
        id: String(this.record.size),
        extension: [{ url: "urn:facet:track", valueCode: value("track") }],
        subject: { reference: `Patient/${handout[1]}` },
        date: new Date().toISOString(),
        author: [{ identifier: { system: "urn:facet:user", value: who.user_id } }],
        content: [{ attachment }],
      };
      this.asked_handouts.push(body.parameter);
      this.record.set(`DocumentReference/${made.id}`, made);
      throw new Answer(201, made);
    }
    const resources = path === "" ? body.entry.map((e) => e.resource) : [body];
    for (const resource of resources) this.check(resource, who);
    for (const r of resources) this.record.set(`${r.resourceType}/${r.id}`, r);
    if (body.resourceType === "Appointment") this.tell({ state: "ordered", match_code: "K7Q2", appointment_id: body.id });
    throw new Answer(200, path === "" ? bundle([]) : body);
  }

  /** As the real one: a clinician hears every reason, reception hears one, twice. */
  check_gate(r, who) {
    const strength = this.record.get(r.basedOn[0].reference)?.extension.find((e) => e.url === "urn:facet:strength");
    const cleared = r.participant[0].actor.reference === `Patient/${CLEARED}`;
    if (cleared && (strength?.valueInteger ?? 0) < 5) return;
    const told = who.roles.includes("physiotherapist") ? [GATE, ...REASONS] : ["No current clearance.", "No current clearance."];
    const refusal = outcome("business-rule", told[0], ["Appointment"]);
    refusal.issue.push(...told.slice(1).flatMap((reason) => outcome("business-rule", reason).issue));
    throw new Answer(422, refusal);
  }

  check(r, who) {
    const clinical = ["Observation", "Encounter", "ServiceRequest"].includes(r.resourceType);
    if (clinical && !who.roles.includes("physiotherapist"))
      throw new Answer(403, outcome("forbidden", "this needs the role physiotherapist"));
    if (r.resourceType === "Appointment") this.check_gate(r, who);
    if (r.resourceType === "Appointment" && this.refuse_next_booking) {
      this.refuse_next_booking = false;
      throw new Answer(409, outcome("conflict", "Bed 1 is already booked at that time.", ["Appointment.start"]));
    }
  }
}

const LANGUAGES = [
  { code: "en-GB", name: "English", status: "approved", direction: "ltr" },
  { code: "ko", name: "한국어", status: "draft", direction: "ltr" },
  { code: "xx", name: "xx", status: "broken", direction: "ltr", problem: "xx/labels.md:1: is broken." },
];
const GATE = "This patient may not use the bed at that time.";
const REASONS = ["There is no current consent to the bed.", "there is no clearance that covers this order"];

class Answer {
  constructor(status, json) {
    this.status = status;
    this.json = json;
  }
}

const bundle = (resources) => ({
  resourceType: "Bundle",
  type: "searchset",
  entry: resources.map((resource) => ({ resource })),
});
