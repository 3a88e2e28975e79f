import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Card } from '../parts/card.tsx';
import { withDays } from '../parts/dates.ts';
import { Day, Moment } from '../parts/day.tsx';
import { InputStatus } from '../parts/input-status.tsx';
import { Pill } from '../parts/pill.tsx';
import { type Column, Table } from '../parts/table.tsx';

type Input = Answer<'data'>['inputs'][number];

const INPUTS: readonly Column<Input>[] = [
  { title: 'Input', phone: 'inline', cell: ({ input }) => <code>{input}</code> },
  { title: 'Status', phone: 'inline', cell: ({ status }) => <InputStatus of={status} /> },
  { title: 'As of', cell: ({ asOf }) => <Day date={asOf} /> },
  {
    title: 'From',
    cell: ({ source, settled }) =>
      source === null ? '' : `${source}${settled === 'provisional' ? ', provisional' : ''}`,
  },
  { title: 'Finding', kind: 'wide', cell: ({ finding }) => <span class="soft">{withDays(finding)}</span> },
];

/** How fresh every input of the enabled rules is. */
export function Inputs({ inputs }: { readonly inputs: readonly Input[] }): ComponentChildren {
  return (
    <Card title="Inputs of the rules" aside={`${inputs.length} inputs`}>
      <Table
        caption="How fresh every input of the enabled rules is"
        columns={INPUTS.filter(
          ({ title }) => title !== 'From' || inputs.some(({ source }) => source !== null),
        )}
        rows={inputs}
        keyOf={({ input }) => input}
        empty="No enabled rule reads anything."
      />
    </Card>
  );
}

type Gap = Answer<'data'>['gaps'][number];

const GAPS: readonly Column<Gap>[] = [
  { title: 'Session', cell: ({ session }) => <Day date={session} /> },
  {
    title: 'Missing',
    kind: 'wide',
    cell: ({ missing }) => (
      <span>
        {missing.slice(0, SHOWN).map((one, at) => (
          <span key={one}>
            {at === 0 ? '' : ', '}
            <code>{one}</code>
          </span>
        ))}
        {missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : ''}
      </span>
    ),
  },
];
const SHOWN = 8;

/** Sessions that were evaluated without something. */
export function Gaps({ gaps }: { readonly gaps: readonly Gap[] }): ComponentChildren {
  return (
    <Card title="Gaps">
      <Table
        caption="Sessions that lacked something, newest first"
        columns={GAPS}
        rows={gaps}
        keyOf={({ session }) => session}
        empty="The sessions evaluated lately lacked nothing."
      />
    </Card>
  );
}

type Provider = Answer<'data'>['providers'][number];

const PROVIDERS: readonly Column<Provider>[] = [
  {
    title: 'Provider',
    kind: 'wide',
    phone: 'plain',
    cell: ({ title, text }) => (
      <div>
        {title}
        <div class="soft small">{text}</div>
      </div>
    ),
  },
  {
    title: 'State',
    cell: ({ configured }) => (
      <Pill tone={configured ? 'good' : 'quiet'} symbol={configured ? '✓' : '–'}>
        {configured ? 'on' : 'off'}
      </Pill>
    ),
  },
  {
    title: 'Last answer',
    cell: ({ last }) =>
      last === null ? (
        <span class="soft">never asked</span>
      ) : (
        <div>
          {last.outcome}
          <div class="soft small">
            <Moment at={last.at} />
          </div>
        </div>
      ),
  },
];

/** Who is asked for values, and what they last answered. */
export function Providers({ providers }: { readonly providers: readonly Provider[] }): ComponentChildren {
  return (
    <Card title="Providers">
      <Table
        caption="Providers and their last answers"
        columns={PROVIDERS}
        rows={providers}
        keyOf={({ name }) => name}
        empty="No provider is asked here: values come from files and by hand."
      />
    </Card>
  );
}
