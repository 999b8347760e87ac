// SPDX-License-Identifier: MPL-2.0
// One of a few, as a row of radio buttons: arrows move, a finger hits.

interface Props {
  legend: string;
  hint?: string;
  name: string;
  options: [value: string, label: string][];
  value: string;
  scale?: boolean;
  on_pick: (value: string) => void;
}

export function Choice(props: Props) {
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {props.hint !== undefined && <p class="hint">{props.hint}</p>}
      <div class={props.scale === true ? "choice scale" : "choice"}>
        {props.options.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name={props.name}
              value={value}
              checked={props.value === value}
              onChange={() => props.on_pick(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
