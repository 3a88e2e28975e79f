import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { PageHead } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { Kind, Severity } from '../parts/pill.tsx';
import { useQuery, withQuery } from '../parts/query.ts';
import { type Column, Table } from '../parts/table.tsx';
import { useTitle } from '../parts/title.ts';
import { alertHref } from './address.ts';
import { plainSubject } from './subject.ts';
import { Filters } from './filters.tsx';
import { stepThrough } from './step.ts';

type Line = Answer<'alerts'>['alerts'][number];

const COLUMNS: readonly Column<Line>[] = [
  { title: 'Session', phone: 'inline', cell: ({ session }) => <Day date={session} /> },
  { title: 'Kind', phone: 'inline', cell: ({ kind }) => <Kind of={kind} /> },
  {
    title: 'Alert',
    kind: 'wide',
    phone: 'plain',
    cell: ({ id, subject }) => (
      <a class="alert-link" href={alertHref(id)}>
        {plainSubject(subject)}
      </a>
    ),
  },
  { title: 'Value', kind: 'number', cell: ({ valueText }) => valueText ?? '' },
  { title: 'Severity', cell: ({ severity }) => <Severity of={severity} /> },
  { title: 'Delivery', cell: ({ delivery }) => <span title={delivery.text}>{delivery.kind}</span> },
];

/** Every alert there was, newest first; what is filtered stands in the address. */
export function AlertsPage(): ComponentChildren {
  const [query, change] = useQuery();
  const asked = useAnswer('alerts', { query });
  useTitle('Alerts');
  return (
    <>
      <PageHead
        title="Alerts"
        lead="What was said, newest first. Each alert carries its definition, its precedent, its base rate and its margin."
      />
      <Filters query={query} change={change} />
      <Answered asked={asked} what="Reading the alerts">
        {({ alerts, cursor }) => (
          <section class="card" aria-label="Alerts found" onKeyDown={stepThrough}>
            <Table
              caption="Alerts, newest first"
              columns={COLUMNS}
              rows={alerts}
              keyOf={({ id }) => id}
              empty={<NothingFound query={query} />}
            />
            <Pages query={query} older={cursor} />
          </section>
        )}
      </Answered>
    </>
  );
}

function NothingFound({ query }: { readonly query: Readonly<Record<string, string>> }): ComponentChildren {
  return Object.keys(query).length === 0 ? (
    'Nothing has been said yet. A rule speaks on the first session on which it fires.'
  ) : (
    <>
      No alert is like this. <a href="/alerts">Show all alerts</a>
    </>
  );
}

function Pages({
  query,
  older,
}: {
  readonly query: Readonly<Record<string, string>>;
  readonly older: string | null;
}): ComponentChildren {
  const { cursor, ...filters } = query;
  if (cursor === undefined && older === null) return null;
  return (
    <nav class="pages" aria-label="Pages of alerts">
      {cursor === undefined ? null : (
        <a class="button slim" href={withQuery('/alerts', filters)}>
          Newest
        </a>
      )}
      {older === null ? null : (
        <a class="button slim" href={withQuery('/alerts', { ...filters, cursor: older })}>
          Older alerts
        </a>
      )}
    </nav>
  );
}
