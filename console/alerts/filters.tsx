import type { ComponentChildren } from 'preact';
import { useAnswer } from '../api/use-answer.ts';
import { Select } from '../parts/field.tsx';
import { DateField } from '../parts/inputs.tsx';

const ANY = { value: '', text: 'Any' };
const KINDS = ['fired', 'updated', 'resolved', 'correction', 'blind', 'recovered', 'reminder'];
const SEVERITIES = ['info', 'notice', 'urgent'];
const named = (values: readonly string[]) => [ANY, ...values.map((value) => ({ value, text: value }))];

/** Which alerts are shown; every change goes into the address and back to the newest. */
export function Filters({
  query,
  change,
}: {
  readonly query: Readonly<Record<string, string>>;
  readonly change: (patch: Readonly<Record<string, string | undefined>>) => void;
}): ComponentChildren {
  const rules = useAnswer('rules');
  const known = rules.kind === 'ready' ? rules.value.rules : [];
  const set = (name: string) => (value: string) => change({ [name]: value, cursor: undefined });
  return (
    <form class="filters" aria-label="Which alerts" onSubmit={(event) => event.preventDefault()}>
      <Select
        label="Rule"
        value={query['rule'] ?? ''}
        options={[ANY, ...ruleOptions(known, query['rule'])]}
        change={set('rule')}
      />
      <Select label="Kind" value={query['kind'] ?? ''} options={named(KINDS)} change={set('kind')} />
      <Select
        label="Severity"
        value={query['severity'] ?? ''}
        options={named(SEVERITIES)}
        change={set('severity')}
      />
      <DateField label="From" need="optional" value={query['from'] ?? ''} change={set('from')} />
      <DateField label="To" need="optional" value={query['to'] ?? ''} change={set('to')} />
      {Object.keys(query).length === 0 ? null : (
        <a class="filters-clear" href="/alerts">
          Clear
        </a>
      )}
    </form>
  );
}

/** The rules there are, and one that the address names although it is gone. */
function ruleOptions(
  rules: readonly { readonly id: string; readonly title: string }[],
  chosen: string | undefined,
) {
  const options = rules.map(({ id, title }) => ({ value: id, text: title }));
  if (chosen === undefined || options.some(({ value }) => value === chosen)) return options;
  return [...options, { value: chosen, text: chosen }];
}
