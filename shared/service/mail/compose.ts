import type { Alert, Message } from '../../alerts/alert.ts';
import type { Shown } from '../../alerts/mail/alert-card.ts';
import { renderMail } from '../../alerts/mail/render.ts';
import { renderDigest } from '../../alerts/message/digest.ts';
import type { Style } from '../../alerts/message/render.ts';
import { drawLine } from '../../alerts/picture/draw.ts';
import { captionOf, pictureWords } from '../../alerts/picture/words.ts';
import type { Session } from '../../calendar/calendar.ts';
import type { Mailing, MailPicture } from '../../ports/mail.ts';
import type { AlertStore } from '../../ports/records.ts';
import { readPlan } from '../delivery-plan.ts';
import { textOf } from '../report.ts';
import { type LineGround, linesOf } from './lines.ts';

/** What mails are composed from. */
export interface ComposeGround extends LineGround {
  readonly alerts: AlertStore;
  readonly style?: Style;
  /** Makes a PNG of an SVG without text. */
  readonly rasterise: (svg: string) => Promise<Uint8Array>;
  /** Told why a mail goes out without its pictures. */
  readonly without: (why: string) => void;
}

/** More pictures than this make a digest heavy; the first alerts have theirs. */
const MOST_PICTURES = 8;

/** Composes what was published under a key, an alert's id or a digest's; null where nothing is recorded under it. */
export async function composeMail(ground: ComposeGround, key: string): Promise<Mailing | null> {
  const found = await publishedUnder(ground, key);
  if (found === null) return null;
  const { alerts, message } = found;
  const style = ground.style ?? {};
  const pictures = await drawn(ground, alerts);
  return {
    key,
    alerts,
    subject: message.subject,
    text: message.email,
    pictures: [...pictures.values()].map(({ picture }) => picture),
    html: (links, source = ({ id }) => `cid:${id}`) =>
      renderMail(
        alerts.map((alert): Shown => {
          const one = pictures.get(alert.id);
          return {
            alert,
            picture: one === undefined ? null : { ...one.said, source: source(one.picture) },
          };
        }),
        { links, style },
      ),
  };
}

interface Published {
  readonly alerts: readonly Alert[];
  readonly message: Message;
}

const DIGEST = /^digest\/(\d{4}-\d{2}-\d{2})(?:\/\d+)?$/;

async function publishedUnder(
  { alerts, records, style = {} }: ComposeGround,
  key: string,
): Promise<Published | null> {
  const session: Session | undefined = DIGEST.exec(key)?.[1];
  if (session === undefined) {
    const record = await alerts.get(key);
    return record === null ? null : { alerts: [record.alert], message: record.message };
  }
  const { plan } = await readPlan(records, session);
  const batch = plan.batches.find((one) => one.key === key);
  const found = await Promise.all((batch?.ids ?? []).map((id) => alerts.get(id)));
  const together = found.filter((record) => record !== null).map(({ alert }) => alert);
  return together.length === 0 ? null : { alerts: together, message: renderDigest(together, style) };
}

interface Drawn {
  readonly picture: MailPicture;
  readonly said: Pick<NonNullable<Shown['picture']>, 'words' | 'caption'>;
}

/** The pictures by alert id. A mail without them is better than none. */
async function drawn(ground: ComposeGround, alerts: readonly Alert[]): Promise<ReadonlyMap<string, Drawn>> {
  const made = new Map<string, Drawn>();
  try {
    const lines = await linesOf(ground, alerts);
    for (const alert of alerts.slice(0, MOST_PICTURES)) {
      const line = lines.get(alert.id);
      const svg = line === undefined ? '' : drawLine(line);
      if (line === undefined || svg === '') continue;
      const picture = { id: `line-${made.size + 1}@tidemark`, png: await ground.rasterise(svg) };
      const said = { words: pictureWords(alert, line), caption: captionOf(alert, line) };
      made.set(alert.id, { picture, said });
    }
  } catch (error) {
    ground.without(textOf(error));
  }
  return made;
}
