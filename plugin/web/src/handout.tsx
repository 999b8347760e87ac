// SPDX-License-Identifier: MPL-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { address_of, post, Refusal } from "./api";
import type { DocumentReference } from "./fhir";
import { Notice, useAct } from "./notice";

async function make(patient: string): Promise<string> {
  const made = await post<DocumentReference>(`Patient/${patient}/$handout`, {
    resourceType: "Parameters",
  });
  const url = made.content[0]?.attachment.url;
  if (url === undefined || !/^Binary\/[A-Za-z0-9.-]+$/.test(url))
    throw new Refusal(502, "The handout was made, but its address could not be read.");
  return address_of(`fhir/${url}`);
}

export function HandoutPanel({ patient }: { patient: string }) {
  const [address, set_address] = useState("");
  const link = useRef<HTMLAnchorElement>(null);
  const { busy, said, run } = useAct();
  useEffect(() => {
    if (address !== "") link.current?.focus();
  }, [address]);

  const start = (): void => {
    set_address("");
    void run(async () => {
      set_address(await make(patient));
      return "The handout is ready.";
    });
  };

  return (
    <section class="card" aria-labelledby="handout-title">
      <h2 id="handout-title">Handout</h2>
      <p class="quiet-text">
        What the pain may come from, in plain words, with this patient's own symptoms.
      </p>
      <Notice said={said} />
      <div class="acts">
        {address !== "" && (
          <a ref={link} class="button primary" href={address} target="_blank" rel="noopener">
            Open the handout (PDF, new tab)
          </a>
        )}
        <button
          type="button"
          class={address === "" ? "primary" : "quiet"}
          aria-disabled={busy}
          onClick={start}
        >
          {busy ? "Making it…" : address === "" ? "Make the handout" : "Make it again"}
        </button>
      </div>
    </section>
  );
}
