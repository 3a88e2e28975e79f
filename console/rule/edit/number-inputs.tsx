import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { type NumberField, numberFields, stepped, withNumber } from '../../editor/numbers.ts';

/** The numbers of an expression as fields: each changes its own place in the text and nothing else. */
export function NumberInputs({
  source,
  change,
}: {
  readonly source: string;
  readonly change: (source: string) => void;
}): ComponentChildren {
  const fields = numberFields(source);
  if (fields.length === 0) return null;
  return (
    <fieldset class="numbers">
      <legend>Its numbers</legend>
      {fields.map((field, index) => (
        <NumberInput
          key={index}
          field={field}
          set={(text) => {
            const changed = withNumber(source, field, text);
            if (changed !== null) change(changed);
            return changed !== null;
          }}
        />
      ))}
    </fieldset>
  );
}

function NumberInput({
  field,
  set,
}: {
  readonly field: NumberField;
  /** Answers whether the text was taken. */
  readonly set: (text: string) => boolean;
}): ComponentChildren {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? field.text;
  const put = (next: string): void => setDraft(set(next) ? null : next);
  const step = (direction: 1 | -1): void => {
    const next = stepped(field.text, field.step, direction);
    if (next !== null) put(next);
  };
  return (
    <div class="number-field">
      <label for={id}>
        <code>{field.label}</code>
      </label>
      <span class="number-input">
        <button type="button" tabIndex={-1} aria-label={`Less: ${field.label}`} onClick={() => step(-1)}>
          −
        </button>
        <input
          id={id}
          inputMode="decimal"
          autocomplete="off"
          size={Math.max(3, text.length)}
          value={text}
          aria-invalid={draft !== null}
          onInput={({ currentTarget }) => put(currentTarget.value)}
          onBlur={() => setDraft(null)}
          onKeyDown={(event) => {
            const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : null;
            if (direction === null) return;
            event.preventDefault();
            step(direction);
          }}
        />
        <span class="number-unit">{field.unit}</span>
        <button type="button" tabIndex={-1} aria-label={`More: ${field.label}`} onClick={() => step(1)}>
          +
        </button>
      </span>
    </div>
  );
}
