import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** What an input takes from its field: its name, what describes it, and whether it is wrong. */
export interface InputNames {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

/** A label with its input, a hint, and what is wrong with it; the error is read out when it appears. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren | undefined;
  readonly error?: string | null | undefined;
  readonly children: (names: InputNames) => ComponentChildren;
}): ComponentChildren {
  const id = useId();
  const wrong = error !== undefined && error !== null;
  const about = [hint === undefined ? '' : `${id}-hint`, wrong ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': about === '' ? undefined : about, 'aria-invalid': wrong })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      <div aria-live="polite">
        {wrong ? (
          <p id={`${id}-error`} class="field-error">
            {error}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** One of a few, as a select with a label. */
export function Select<Value extends string>({
  label,
  value,
  options,
  hint,
  change,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly hint?: ComponentChildren;
  readonly change: (value: Value) => void;
}): ComponentChildren {
  return (
    <Field label={label} hint={hint}>
      {(names) => (
        <select
          {...names}
          value={value}
          onChange={({ currentTarget }) => change(currentTarget.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
