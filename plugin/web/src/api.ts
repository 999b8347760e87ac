// SPDX-License-Identifier: MPL-2.0
// The only file that talks to the server. Facet is mounted below the page's own address; the log-in
// belongs to the host and sits at the server's root.
import type { Bundle, OperationOutcome, Reference, Resource } from "./fhir";

export interface Session {
  user?: string;
  user_id: string;
  roles: string[];
}

/** A request that did not succeed, with the reason in words for the person at the screen. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly more: readonly string[] = [],
  ) {
    super(reason);
  }
}

let on_logged_out = (): void => {};
export function when_logged_out(act: () => void): void {
  on_logged_out = act;
}

const FHIR_JSON = "application/fhir+json";
const mount = new URL(".", document.baseURI);
export const address_of = (path: string): string => new URL(path, mount).href;

async function send(url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", cache: "no-store", ...init });
  } catch {
    throw new Refusal(0, "Facet cannot be reached. Check the network, then try again.");
  }
  if (response.ok) return response;
  throw await refusal_from(response);
}

async function refusal_from(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => null)) as Partial<OperationOutcome> | null;
  const issues = body?.resourceType === "OperationOutcome" ? (body.issue ?? []) : [];
  const told = issues.map((i) => sentence(i.diagnostics ?? i.details?.text ?? ""));
  const [reason, ...more] = new Set(told.filter((words) => words !== ""));
  return new Refusal(response.status, reason ?? words_for(response.status), more);
}

/** Reasons come as clauses ("the bed is booked then"); a person reads a sentence. */
function sentence(reason: string): string {
  const text = reason.trim();
  if (text === "") return "";
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

function words_for(status: number): string {
  if (status === 401) return "Your session has ended. Log in again.";
  if (status === 403) return "Your role may not do this.";
  if (status === 404) return "This was not found.";
  if (status === 429) return "Too many attempts. Wait a minute, then try again.";
  return `The server answered with an error (${status}). Nothing was saved.`;
}

async function fhir<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: FHIR_JSON };
  const init: RequestInit = { method, headers };
  if (method !== "GET") {
    headers["X-Facet-Request"] = "1";
    headers["Content-Type"] = FHIR_JSON;
    init.body = JSON.stringify(body);
  }
  try {
    const response = await send(address_of(`fhir/${path}`), init);
    const text = await response.text();
    return (text === "" ? null : JSON.parse(text)) as T;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) on_logged_out();
    if (error instanceof SyntaxError)
      throw new Refusal(502, "The server's answer could not be read.");
    throw error;
  }
}

export const read = <T extends Resource>(path: string): Promise<T> => fhir<T>("GET", path);

export async function search<T extends Resource>(
  type: T["resourceType"],
  query: Record<string, string> = {},
): Promise<T[]> {
  const parameters = new URLSearchParams(query).toString();
  const bundle = await fhir<Bundle>("GET", parameters === "" ? type : `${type}?${parameters}`);
  return (bundle.entry ?? []).flatMap((e) =>
    e.resource?.resourceType === type ? [e.resource as T] : [],
  );
}

/** A PUT of an identifier made here: sent again after a lost answer, it does no harm. */
export const put = <T extends Resource & { id: string }>(resource: T): Promise<T | null> =>
  fhir<T | null>("PUT", `${resource.resourceType}/${resource.id}`, resource);

export const post = <T extends Resource>(path: string, body: Resource): Promise<T> =>
  fhir<T>("POST", path, body);

/** What a screen reads that is not FHIR. */
export async function read_page<T>(path: string): Promise<T> {
  try {
    return (await (await send(address_of(`pages/${path}`))).json()) as T;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) on_logged_out();
    throw error;
  }
}

/** All resources or none. */
export function transact(resources: (Resource & { id: string })[]): Promise<Bundle> {
  const entry = resources.map((resource) => ({
    fullUrl: `urn:uuid:${resource.id}`,
    resource,
    request: { method: "PUT", url: `${resource.resourceType}/${resource.id}` },
  }));
  return fhir<Bundle>("POST", "", { resourceType: "Bundle", type: "transaction", entry });
}

export async function session(): Promise<Session | null> {
  try {
    return (await (await send("/session")).json()) as Session;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  }
}

/** Shows the log-in if the session has ended; silent when the server cannot be reached. */
export async function check_session(): Promise<void> {
  const known = await session().catch(() => undefined);
  if (known === null) on_logged_out();
}

export async function log_in(user: string, password: string): Promise<Session> {
  const response = await send("/login", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Facet-Request": "1" },
    body: JSON.stringify({ user, password }),
  }).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 401)
      throw new Refusal(401, "The user name or the password is wrong.");
    throw error;
  });
  return (await response.json()) as Session;
}

export async function log_out(): Promise<void> {
  await send("/logout", { method: "POST", headers: { "X-Facet-Request": "1" } });
}

export function reason_of(error: unknown): string {
  return error instanceof Refusal
    ? error.reason
    : "The page met a fault of its own. Reload it.";
}

const names = new Map<string, Promise<string>>();

/** What people call the thing a reference points to: "Bed 1", "Room 2", "Min-ji Park". */
export function name_of(reference: Reference): Promise<string> {
  if (reference.display !== undefined) return Promise.resolve(reference.display);
  const known = names.get(reference.reference);
  if (known !== undefined) return known;
  const asked = read<Resource>(reference.reference).then(own_name, () => "");
  names.set(reference.reference, asked);
  return asked;
}

function own_name(resource: Resource): string {
  const named = resource as Resource & { name?: unknown; deviceName?: { name?: string }[] };
  if (typeof named.name === "string") return named.name;
  if (Array.isArray(named.name)) return person_name(named.name as HumanNameLike[]);
  return named.deviceName?.[0]?.name ?? "";
}

interface HumanNameLike {
  text?: string;
  given?: string[];
  family?: string;
}

export function person_name(names_given: HumanNameLike[] | undefined): string {
  const name = names_given?.[0];
  return name?.text ?? [...(name?.given ?? []), name?.family ?? ""].join(" ").trim();
}
