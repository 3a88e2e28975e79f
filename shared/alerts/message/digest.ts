import type { Alert, Message } from '../alert.ts';
import { cutAtWord, joinFitting, toAscii, toGsm } from './characters.ts';
import { longDate, shortDate } from './dates.ts';
import { CLOSING, digestEntry, emailBody } from './email.ts';
import { counted } from './numbers.ts';
import { marked, SAMPLE_MARK, type Style } from './render.ts';
import { titleOf } from './sentences.ts';

/** More alerts of one session than this go out as one digest. */
const MOST_ALONE = 3;
/**
 * Entries, then bodies, are added up to so many characters each. A publish may weigh 256 KiB, and the attributes of a
 * thousand alerts with long ids take more than half of that.
 */
const MOST_CHARACTERS = 40_000;

/** How the alerts of one session go out. */
export interface DigestPlan {
  /** The alerts of the digest; null where there is none. */
  readonly digest: readonly Alert[] | null;
  /** The alerts that go alone: all of them without a digest, the urgent ones besides it. */
  readonly alone: readonly Alert[];
}

/** Decides between single alerts and one digest, for alerts of one session (DESIGN section 5). */
export function planDigest(alerts: readonly Alert[]): DigestPlan {
  if (alerts.length <= MOST_ALONE) return { digest: null, alone: alerts };
  return { digest: alerts, alone: alerts.filter(({ severity }) => severity === 'urgent') };
}

/** Renders alerts of one session as one message: what happened in each first, then each in full while there is room. */
export function renderDigest(alerts: readonly Alert[], style: Style = {}): Message {
  const session = alerts[0]?.session;
  const mark = style.sample === undefined ? '' : SAMPLE_MARK;
  const titles = alerts.map(titleOf);
  const count = counted(alerts.length, 'alert');
  const on = session === undefined ? '' : ` ${shortDate(session)}`;
  const subject = cutAtWord(toAscii(`${mark}${count},${on}: ${titles.join('; ')}`), 99);
  const closing = ` ${CLOSING}`;
  const pieces = [
    `${mark}${count},${on}: ${titles[0] ?? ''}`,
    ...titles.slice(1).map((title) => `; ${title}`),
  ];
  const room = 160 - closing.length - 1;
  const sms = `${joinFitting(pieces.map(toGsm), room).replace(/\.+$/, '')}.${closing}`;
  return { subject, email: marked(digestBody(alerts, session), style), sms };
}

function digestBody(alerts: readonly Alert[], session: string | undefined): string {
  const on = session === undefined ? '' : ` on ${longDate(session)}`;
  const entries = fitting(alerts.map((alert, position) => `${position + 1}. ${digestEntry(alert)}`));
  const left = alerts.length - entries.length;
  const more =
    left === 0 ? [] : [`And ${counted(left, 'more alert')}, each on record under its rule and session.`];
  const bodies = fitting(
    alerts.map((alert, position) => `${'='.repeat(78)}\n${position + 1}.\n\n${emailBody(alert)}`),
  );
  return [`${counted(alerts.length, 'alert')}${on}.`, ...entries, ...more, ...bodies, CLOSING].join('\n\n');
}

/** The first texts that fit together. */
function fitting(texts: readonly string[]): readonly string[] {
  let left = MOST_CHARACTERS;
  const beyond = texts.findIndex((text) => {
    left -= text.length;
    return left < 0;
  });
  return beyond < 0 ? texts : texts.slice(0, beyond);
}
