// SPDX-License-Identifier: MPL-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { log_in, type Session } from "./api";
import { Notice, useAct } from "./notice";

export function Login({ on_session }: { on_session: (session: Session) => void }) {
  const [user, set_user] = useState("");
  const [password, set_password] = useState("");
  const user_box = useRef<HTMLInputElement>(null);
  const { busy, said, run } = useAct();
  useEffect(() => user_box.current?.focus(), []);

  const submit = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      on_session(await log_in(user.trim(), password));
      return "";
    });
  };

  return (
    <main class="login">
      <form class="card" onSubmit={submit}>
        <h1>Log in</h1>
        <div class="field">
          <label for="user">User name</label>
          <input
            id="user"
            ref={user_box}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            value={user}
            onInput={(event) => set_user(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input
            id="password"
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onInput={(event) => set_password(event.currentTarget.value)}
          />
        </div>
        <Notice said={said} />
        <button type="submit" class="primary wide" aria-disabled={busy}>
          {busy ? "Logging in…" : "Log in"}
        </button>
      </form>
    </main>
  );
}
