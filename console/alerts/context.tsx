import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Card } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { InputStatus } from '../parts/input-status.tsx';
import { type Column, Empty, Table } from '../parts/table.tsx';

type Alert = Answer<'alert'>;

/** What was computed from what. */
export function Definition({ alert }: { readonly alert: Alert }): ComponentChildren {
  return (
    <Card title="Definition">
      <dl class="definition">
        {[...Map.groupBy(alert.definition, ({ label }) => label)].map(([label, lines]) => (
          <div key={label}>
            <dt>{label}</dt>
            {lines.map(({ text }) => (
              <dd key={text}>{text}</dd>
            ))}
          </div>
        ))}
      </dl>
    </Card>
  );
}

const SIGNS = { for: '▲', against: '▽', 'no data': '?' } as const;

/** What other rules said that day, on both sides. */
export function EvidenceSides({ evidence }: { readonly evidence: Alert['evidence'] }): ComponentChildren {
  return (
    <Card title="Evidence that day">
      {evidence.length === 0 ? (
        <Empty>The rule names no other rule as evidence.</Empty>
      ) : (
        <ul class="plain sides">
          {evidence.map(({ rule, title, side }) => (
            <li key={rule} class={side.replace(' ', '-')}>
              <span class="side">
                <span aria-hidden="true">{SIGNS[side]}</span> {side}
              </span>
              <a href={`/rules/${encodeURIComponent(rule)}`}>{title}</a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

type Input = Alert['inputs'][number];

const INPUTS: readonly Column<Input>[] = [
  { title: 'Input', kind: 'wide', phone: 'plain', cell: ({ input }) => <code>{input}</code> },
  { title: 'As of', cell: ({ asOf }) => <Day date={asOf} /> },
  { title: 'Status', cell: ({ status }) => <InputStatus of={status} /> },
  {
    title: 'Coverage',
    kind: 'number',
    cell: ({ coverage }) => (coverage === null ? '' : `${coverage.have} of ${coverage.of}`),
  },
];

/** What was read, and how fresh it was. */
export function Inputs({ inputs }: { readonly inputs: readonly Input[] }): ComponentChildren {
  return (
    <Card title="Inputs">
      <Table
        caption="What the alert was computed from"
        columns={inputs.some(({ coverage }) => coverage !== null) ? INPUTS : INPUTS.slice(0, 3)}
        rows={inputs}
        keyOf={({ input }) => input}
        empty="It was computed from no series."
      />
    </Card>
  );
}
