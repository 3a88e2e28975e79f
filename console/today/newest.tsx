import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { alertHref } from '../alerts/address.ts';
import { plainSubject } from '../alerts/subject.ts';
import { Card } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { Kind } from '../parts/pill.tsx';
import { Empty } from '../parts/table.tsx';

const SHOWN = 7;

/** The newest alerts, for orientation. */
export function Newest({ alerts }: { readonly alerts: Answer<'today'>['alerts'] }): ComponentChildren {
  return (
    <Card title="Newest alerts" aside={<a href="/alerts">All alerts</a>}>
      {alerts.length === 0 ? (
        <Empty>Nothing has been said yet. A rule speaks on the first session on which it fires.</Empty>
      ) : (
        <ol class="plain newest">
          {alerts.slice(0, SHOWN).map(({ id, session, kind, subject }) => (
            <li key={id}>
              <span class="newest-head soft small">
                <Day date={session} />
                <Kind of={kind} />
              </span>
              <a href={alertHref(id)}>{plainSubject(subject)}</a>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
