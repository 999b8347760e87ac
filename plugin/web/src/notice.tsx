// SPDX-License-Identifier: MPL-2.0
// What the page says after an act: said aloud by screen readers, and never by colour alone.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { reason_of, Refusal } from "./api";

export interface Said {
  kind: "refused" | "done";
  text: string;
  more?: readonly string[];
}

export function Notice({ said }: { said: Said | null }) {
  const refused = said?.kind === "refused";
  return (
    <>
      <div role="alert">
        {refused && (
          <div class="notice refused">
            <p>
              <strong>Not done.</strong> {said.text}
            </p>
            {said.more !== undefined && said.more.length > 0 && (
              <ul>
                {said.more.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
      <div role="status">
        {said?.kind === "done" && (
          <p class="notice done">
            <strong>Done.</strong> {said.text}
          </p>
        )}
      </div>
    </>
  );
}

/** Runs one act at a time; `act` returns the words for success, a thrown Refusal gives the reason. */
export function useAct(): {
  busy: boolean;
  said: Said | null;
  run: (act: () => Promise<string>) => Promise<void>;
} {
  const [busy, set_busy] = useState(false);
  const [said, set_said] = useState<Said | null>(null);
  const running = useRef(false);
  const run = useCallback(async (act: () => Promise<string>) => {
    if (running.current) return;
    running.current = true;
    set_busy(true);
    set_said(null);
    try {
      const text = await act();
      set_said(text === "" ? null : { kind: "done", text });
    } catch (error) {
      const more = error instanceof Refusal ? error.more : [];
      set_said({ kind: "refused", text: reason_of(error), more });
    } finally {
      running.current = false;
      set_busy(false);
    }
  }, []);
  return { busy, said, run };
}

export interface Loaded<T> {
  value: T | null;
  error: string;
  again: () => void;
}

/** Reads something when the screen opens, when `keys` change, and on `again()`. */
export function useLoaded<T>(load: () => Promise<T>, keys: unknown[]): Loaded<T> {
  const [value, set_value] = useState<T | null>(null);
  const [error, set_error] = useState("");
  const [round, set_round] = useState(0);
  useEffect(() => {
    let current = true;
    load().then(
      (loaded) => {
        if (!current) return;
        set_value(loaded);
        set_error("");
      },
      (failure: unknown) => current && set_error(reason_of(failure)),
    );
    return () => {
      current = false;
    };
  }, [...keys, round]);
  return { value, error, again: useCallback(() => set_round((n) => n + 1), []) };
}

export function LoadFailure({ of, what }: { of: Loaded<unknown>; what: string }) {
  if (of.error === "") return null;
  return (
    <div class="notice refused" role="alert">
      <p>
        <strong>{what} could not be read.</strong> {of.error}
      </p>
      <button type="button" class="quiet" onClick={of.again}>
        Try again
      </button>
    </div>
  );
}
