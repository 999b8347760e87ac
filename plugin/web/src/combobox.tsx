// SPDX-License-Identifier: MPL-2.0
// The ARIA combobox with a listbox: type to filter, arrows to move, Enter to choose, Escape to close.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";

interface Props<T> {
  label: string;
  hint?: string;
  query: string;
  options: T[];
  key_of: (option: T) => string;
  row: (option: T) => ComponentChildren;
  none: string;
  /** False while the options still answer an older query: Enter alone then chooses nothing. */
  settled?: boolean;
  on_query: (text: string) => void;
  on_pick: (option: T) => void;
  always_open?: boolean;
  focus_first?: boolean;
}

export function Combobox<T>(props: Props<T>) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [opened, set_opened] = useState(false);
  const [active_key, set_active_key] = useState("");
  const open = props.always_open === true || opened;
  const count = props.options.length;
  const active = props.options.findIndex((option) => props.key_of(option) === active_key);
  const only = props.settled !== false && count === 1 ? 0 : -1;
  const row_id = (index: number): string => `${id}-row-${index}`;

  useEffect(() => {
    if (props.focus_first === true) box.current?.focus();
  }, []);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const pick = (option: T | undefined): void => {
    if (option === undefined) return;
    set_opened(false);
    set_active_key("");
    props.on_pick(option);
  };
  const on_key = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      set_opened(true);
      const next = (active === -1 && step < 0 ? count - 1 : active + step + count) % count;
      set_active_key(props.key_of(props.options[next]!));
    } else if (event.key === "Enter" && open && Math.max(active, only) >= 0) {
      event.preventDefault();
      pick(props.options[Math.max(active, only)]);
    } else if (event.key === "Escape" && opened) {
      event.preventDefault();
      set_opened(false);
    }
  };

  return (
    <div class="field combobox">
      <label for={`${id}-box`}>{props.label}</label>
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <input
        id={`${id}-box`}
        ref={box}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        aria-activedescendant={open && active >= 0 ? row_id(active) : undefined}
        value={props.query}
        onInput={(event) => {
          set_opened(true);
          set_active_key("");
          props.on_query(event.currentTarget.value);
        }}
        onClick={() => set_opened(true)}
        onBlur={() => set_opened(false)}
        onKeyDown={on_key}
      />
      <ul
        id={`${id}-list`}
        ref={list}
        role="listbox"
        aria-label={props.label}
        class={props.always_open === true ? "options" : "options popup"}
        hidden={!open || count === 0}
      >
        {props.options.map((option, index) => (
          <li
            key={props.key_of(option)}
            id={row_id(index)}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            {props.row(option)}
          </li>
        ))}
      </ul>
      <p class="hint" role="status">
        {open && count === 0 ? props.none : ""}
      </p>
    </div>
  );
}
