import type { ComponentChildren } from 'preact';
import { plainSubject } from '../alerts/subject.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Day } from '../parts/day.tsx';
import { Kind } from '../parts/pill.tsx';
import { Table } from '../parts/table.tsx';

/** The newest alerts of a rule and what became of them. */
export function RuleAlerts({ id }: { readonly id: string }): ComponentChildren {
  const asked = useAnswer('alerts', { query: { rule: id, limit: '8' } });
  return (
    <Answered asked={asked} what="Reading the alerts">
      {({ alerts, cursor }) => (
        <>
          <Table
            caption="Alerts of this rule, newest first"
            rows={alerts}
            keyOf={(alert) => alert.id}
            empty="It has said nothing since it went live. Earlier episodes are history: shown, never sent."
            columns={[
              { title: 'Session', phone: 'inline', cell: ({ session }) => <Day date={session} /> },
              { title: 'Kind', phone: 'inline', cell: ({ kind }) => <Kind of={kind} /> },
              {
                title: 'Alert',
                cell: (alert) => (
                  <a href={`/alerts/${encodeURIComponent(alert.id)}`}>{plainSubject(alert.subject)}</a>
                ),
                kind: 'wide',
                phone: 'plain',
              },
              {
                title: 'Delivery',
                cell: ({ delivery }) => <span title={delivery.text}>{delivery.kind}</span>,
              },
            ]}
          />
          {cursor === null ? null : (
            <p>
              <a href={`/alerts?rule=${encodeURIComponent(id)}`}>All alerts of this rule</a>
            </p>
          )}
        </>
      )}
    </Answered>
  );
}
