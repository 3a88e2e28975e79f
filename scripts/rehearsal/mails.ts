import type { Doors } from './doors.ts';
import type { Emulator } from './emulator.ts';
import { eventually } from './january.ts';
import { person } from './people.ts';

type Must = (holds: boolean, what: string) => void;

/** Who gets HTML mail, and from where. */
export const MAIL_READER = 'html@example.com';
export const MAIL_SENDER = 'alerts@example.com';

interface Sent {
  readonly destinations: { readonly ToAddresses?: readonly string[] };
  readonly subject: string;
  readonly body: string;
}

/** Lets SES know the sender, as its owner would by following a link. */
export async function verifySender(emulator: Emulator): Promise<void> {
  const body = { EmailIdentity: MAIL_SENDER };
  await emulator.request('ses', { method: 'POST', path: '/v2/email/identities', body });
}

/** Subscribes an address to HTML mail through the API, and confirms by the link in the mail it is sent. */
export async function subscribeHtml(emulator: Emulator, doors: Doors, must: Must): Promise<void> {
  const { token } = await person(emulator, 'reader', 'subscriber');
  const wanted = {
    channel: 'email',
    address: MAIL_READER,
    rules: ['small-cap-streak'],
    severity: 'info',
    form: 'single',
  };
  const asked = await doors.api({
    ...{ method: 'POST', path: '/api/subscriptions', token },
    body: { ...wanted, format: 'html' },
  });
  must(asked.body['status'] === 'pending', 'a reader subscribes an address to HTML mail: pending');
  const [mail] = await mailsOf(emulator);
  const link = /href="https:\/\/[^"/]+(\/mail\/confirm\?t=[^"]+)"/.exec(mail?.body ?? '')?.[1] ?? '';
  must(link !== '', 'SES sent the question, with a link');
  const page = await doors.links({ path: link });
  must(
    page.status === 200 && page.text.includes('<form method="post"'),
    'the link asks, and does nothing yet',
  );
  const done = await doors.links({ method: 'POST', path: link });
  must(done.status === 200 && done.text.includes('Confirmed'), 'its button confirms');
  const broken = await doors.links({ method: 'POST', path: `${link.slice(0, -3)}AAA` });
  must(broken.status === 404, 'a link that is not quite it does nothing');
}

/** The alert of January as HTML mail: sent once, with its picture; and the way out that it brings along. */
export async function checkMails(emulator: Emulator, doors: Doors, must: Must): Promise<void> {
  const mail = await eventually('a mail', async () => (await mailsOf(emulator))[1] ?? null);
  must(
    mail.body.includes('Small caps are beating large caps'),
    `SES sent the alert as HTML mail: “${mail.subject}”`,
  );
  must(mail.body.includes('<img src="cid:line-1@tidemark"'), 'with the line of the measure as a picture');
  const link = /href="https:\/\/[^"/]+(\/mail\/unsubscribe\?t=[^"]+)"/.exec(mail.body)?.[1] ?? '';
  const out = await doors.links({ method: 'POST', path: link });
  must(out.status === 200 && out.text.includes('Unsubscribed'), 'one click ends the subscription');
  must((await mailsOf(emulator)).length === 2, 'and nothing else was mailed');
}

/** Everything that was mailed to the reader, oldest first. */
async function mailsOf(emulator: Emulator): Promise<readonly Sent[]> {
  const all = (await emulator.inspect('ses', 'Message')) as unknown as readonly Sent[];
  return all.filter(({ destinations }) => destinations.ToAddresses?.includes(MAIL_READER) === true);
}
