import type { ComponentChildren } from 'preact';
import { Field } from './field.tsx';

interface InputProps {
  readonly label: string;
  readonly hint?: ComponentChildren | undefined;
  readonly error?: string | null;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A line of text that has to be there. `choices` is the id of a list that is offered while it is typed. */
export function TextField({
  value,
  change,
  type = 'text',
  choices,
  autocomplete = 'off',
  ...field
}: InputProps & {
  readonly type?: 'text' | 'email' | 'tel';
  readonly choices?: string;
  readonly autocomplete?: string;
}): ComponentChildren {
  return (
    <Field {...field}>
      {(names) => (
        <input
          {...names}
          required
          type={type}
          list={choices}
          autocomplete={autocomplete}
          spellcheck={false}
          value={value}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A date; `optional`: it may be left out. */
export function DateField({
  value,
  change,
  need = 'required',
  ...field
}: InputProps & { readonly need?: 'required' | 'optional' }): ComponentChildren {
  return (
    <Field {...field}>
      {(names) => (
        <input
          {...names}
          required={need === 'required'}
          type="date"
          value={value}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Some lines of text that have to be there, at most 500 characters. */
export function TextArea({ value, change, ...field }: InputProps): ComponentChildren {
  return (
    <Field {...field}>
      {(names) => (
        <textarea
          {...names}
          required
          maxLength={500}
          value={value}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** What is offered while a text is typed. */
export function Choices({
  id,
  of,
}: {
  readonly id: string;
  readonly of: readonly { readonly id: string; readonly title: string }[];
}): ComponentChildren {
  return (
    <datalist id={id}>
      {of.map((one) => (
        <option key={one.id} value={one.id}>
          {one.title}
        </option>
      ))}
    </datalist>
  );
}
