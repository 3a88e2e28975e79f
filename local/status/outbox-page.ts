import { html } from 'hono/html';
import type { OutboxMessage, OutboxPage } from '../../adapters/outbox/read-outbox.ts';
import { counted } from '../../shared/alerts/message/numbers.ts';
import { type Column, type Html, layout, section, table } from './layout.ts';

/** The list of messages, newest first, each leading to its text. */
export function outboxPage({ messages, total }: OutboxPage, sample: string | null): Html {
  const more = total - messages.length;
  const rows = messages.map(({ name, channel, to, date, subject }) => [
    html`<a href="/status/outbox/${encodeURIComponent(name)}">${subject === '' ? name : subject}</a>`,
    channel === 'email' ? 'e-mail' : 'SMS',
    to,
    date,
  ]);
  const columns = [{ title: 'Message' }, whole('Channel'), whole('To'), whole('Date')];
  return layout({
    ...{ title: 'Outbox', sample, address: null, refresh: null },
    body: html`<p class="soft">${counted(total, 'message')}, one for each recipient, as they would arrive; addresses are masked here.</p>
${section('Messages', table(columns, rows, 'No message yet.'))}
${more > 0 ? html`<p class="soft">and ${more} older ones, as files in the outbox</p>` : ''}`,
  });
}

/** One message as it would arrive. */
export function messagePage({ channel, subject, text }: OutboxMessage, sample: string | null): Html {
  return layout({
    ...{ title: channel === 'sms' ? 'SMS' : 'E-mail', sample, address: null, refresh: null },
    body: section(channel === 'sms' ? 'Text message' : subject, html`<pre>${text}</pre>`),
  });
}

function whole(title: string): Column {
  return { title, whole: true };
}
