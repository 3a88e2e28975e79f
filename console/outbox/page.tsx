import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { plainSubject } from '../alerts/subject.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Card, PageHead } from '../parts/card.tsx';
import { Moment } from '../parts/day.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useTitle } from '../parts/title.ts';

type Line = Answer<'outbox'>['messages'][number];

const COLUMNS: readonly Column<Line>[] = [
  { title: 'Written', phone: 'inline', cell: ({ at }) => <Moment at={at} /> },
  {
    title: 'To',
    phone: 'inline',
    cell: ({ channel, to }) => (
      <div>
        <span class="day">{to}</span>
        <div class="soft small">{channel === 'sms' ? 'SMS' : 'e-mail'}</div>
      </div>
    ),
  },
  {
    title: 'Message',
    kind: 'wide',
    phone: 'plain',
    cell: ({ name, subject }) => <a href={`/outbox/${encodeURIComponent(name)}`}>{plainSubject(subject)}</a>,
  },
];

/** What would have been sent: on this machine every message is a file, and nothing leaves it. */
export function OutboxPage(): ComponentChildren {
  const asked = useAnswer('outbox');
  useTitle('Outbox');
  return (
    <>
      <PageHead
        title="Outbox"
        lead="On this machine every message is a file, and nothing leaves it unless a mail server is named. Addresses are masked here."
      />
      <Answered asked={asked} what="Reading the outbox">
        {({ messages }) => (
          <Card title="Messages" aside={`${messages.length} shown, newest first`}>
            <Table
              caption="Messages in the outbox, newest first"
              columns={COLUMNS}
              rows={messages}
              keyOf={({ name }) => name}
              empty="Nothing was written yet. Subscribe an address; the next alert to it lies here."
            />
          </Card>
        )}
      </Answered>
    </>
  );
}
