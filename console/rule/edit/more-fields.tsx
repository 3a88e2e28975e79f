import type { ComponentChildren } from 'preact';
import { Field, Select } from '../../parts/field.tsx';
import type { Finding } from '../findings.tsx';
import { Quoted } from '../findings.tsx';
import type { Form, Misfit } from './form.ts';

/** What the parts of the form share. */
export interface Fields {
  readonly form: Form;
  readonly set: <Key extends keyof Form>(key: Key, value: Form[Key]) => void;
  readonly misfits: readonly Misfit[];
  readonly findings: readonly Finding[];
}

/** What is wrong with a key of the form, in words; null where nothing is. */
export function errorOf({ misfits, findings }: Fields, key: keyof Form): string | null {
  const misfit = misfits.find(({ field }) => field === key);
  if (misfit !== undefined) return misfit.message;
  const found = findings.filter(({ field }) => field === key || field?.startsWith(`${key}.`) === true);
  return found.length === 0 ? null : found.map(({ message }) => message.replaceAll('`', '')).join(' ');
}

/** When it fires, how long it must hold, and how loud it is. */
export function Timing(fields: Fields): ComponentChildren {
  const { form, set } = fields;
  return (
    <div class="form-row">
      <Field label="Hold" hint="Sessions it must be true before it fires" error={errorOf(fields, 'hold')}>
        {(names) => (
          <input
            {...names}
            inputMode="numeric"
            value={form.hold}
            onInput={({ currentTarget }) => set('hold', currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label="Keep firing"
        hint="Sessions it may be false before it ends"
        error={errorOf(fields, 'keep_firing')}
      >
        {(names) => (
          <input
            {...names}
            inputMode="numeric"
            value={form.keep_firing}
            onInput={({ currentTarget }) => set('keep_firing', currentTarget.value)}
          />
        )}
      </Field>
      <Select
        label="Severity"
        value={form.severity}
        options={[
          { value: 'info', text: 'Info' },
          { value: 'notice', text: 'Notice' },
          { value: 'urgent', text: 'Urgent' },
        ]}
        change={(severity) => set('severity', severity)}
      />
      <Update {...fields} />
    </div>
  );
}

const EVERY = /^every (\d+) sessions$/;

function Update(fields: Fields): ComponentChildren {
  const { form, set } = fields;
  const every = EVERY.exec(form.update)?.[1] ?? '';
  const kind = every !== '' || form.update.startsWith('every') ? 'every' : form.update;
  return (
    <>
      <Select
        label="While it fires"
        value={kind}
        options={[
          { value: 'never', text: 'Say nothing more' },
          { value: 'on record', text: 'Speak on a new record' },
          { value: 'every', text: 'Speak every so often' },
        ]}
        change={(next) => set('update', next === 'every' ? 'every 5 sessions' : next)}
      />
      {kind === 'every' ? (
        <Field label="Every … sessions" error={errorOf(fields, 'update')}>
          {(names) => (
            <input
              {...names}
              inputMode="numeric"
              value={every}
              onInput={({ currentTarget }) =>
                set('update', `every ${currentTarget.value.replaceAll(/\D/g, '')} sessions`)
              }
            />
          )}
        </Field>
      ) : null}
    </>
  );
}

/** What the alert compares with what: only where the condition does not say it by itself. */
export function Threshold(fields: Fields): ComponentChildren {
  const { form, set } = fields;
  return (
    <div class="form-row">
      <Field
        label="Threshold"
        hint="Where the condition does not say it"
        error={errorOf(fields, 'threshold')}
      >
        {(names) => (
          <input
            {...names}
            class="mono"
            placeholder="50%"
            value={form.threshold}
            onInput={({ currentTarget }) => set('threshold', currentTarget.value)}
          />
        )}
      </Field>
      <Select
        label="Direction"
        value={form.direction}
        options={[
          { value: '', text: 'As the condition says' },
          { value: 'up', text: 'Up: higher is further' },
          { value: 'down', text: 'Down: lower is further' },
        ]}
        change={(direction) => set('direction', direction)}
      />
    </div>
  );
}

/** What is said and counted beside the condition. */
export function Context(fields: Fields & { readonly rules: readonly string[] }): ComponentChildren {
  const { form, set, rules } = fields;
  const others = [...new Set([...form.evidence, ...rules])].filter((id) => id !== form.id).sort();
  return (
    <>
      <Field
        label="Outcome"
        hint="What is counted afterwards, one a line: returns of one session, such as ret(IWM) - ret(SPY)"
        error={errorOf(fields, 'outcome')}
      >
        {(names) => (
          <textarea
            {...names}
            class="mono"
            spellcheck={false}
            rows={2}
            value={form.outcome}
            onInput={({ currentTarget }) => set('outcome', currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label="Note"
        hint="Why it matters, in your words; every alert carries it"
        error={errorOf(fields, 'note')}
      >
        {(names) => (
          <textarea
            {...names}
            rows={4}
            value={form.note}
            onInput={({ currentTarget }) => set('note', currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Tags" hint="Divided by commas" error={errorOf(fields, 'tags')}>
        {(names) => (
          <input
            {...names}
            value={form.tags}
            onInput={({ currentTarget }) => set('tags', currentTarget.value)}
          />
        )}
      </Field>
      <Evidence chosen={form.evidence} rules={others} choose={(evidence) => set('evidence', evidence)} />
      <Expect {...fields} />
    </>
  );
}

function Evidence({
  chosen,
  rules,
  choose,
}: {
  readonly chosen: readonly string[];
  readonly rules: readonly string[];
  readonly choose: (evidence: readonly string[]) => void;
}): ComponentChildren {
  return (
    <fieldset class="choices">
      <legend>Evidence: rules whose state its alerts list</legend>
      {rules.map((id) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget }) =>
              choose(currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
          <code>{id}</code>
        </label>
      ))}
    </fieldset>
  );
}

function Expect(fields: Fields): ComponentChildren {
  const { form, set, findings } = fields;
  const hints = findings.filter(({ severity }) => severity === 'warning');
  return (
    <Field
      label="Expected hints"
      hint={
        hints.length === 0 ? (
          'A hint that is meant so, one a line: its code, a colon, the reason'
        ) : (
          <>
            One a line: its code, a colon, the reason. Now there is{' '}
            <Quoted text={hints.map(({ code }) => `\`${code}\``).join(', ')} />
          </>
        )
      }
      error={errorOf(fields, 'expect')}
    >
      {(names) => (
        <textarea
          {...names}
          class="mono"
          rows={2}
          spellcheck={false}
          value={form.expect}
          onInput={({ currentTarget }) => set('expect', currentTarget.value)}
        />
      )}
    </Field>
  );
}
