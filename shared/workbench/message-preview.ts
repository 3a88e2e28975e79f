import type * as z from 'zod/mini';
import { compose, frameOf } from '../alerts/compose.ts';
import { evidenceAt } from '../alerts/evidence.ts';
import { renderMessage, type Style } from '../alerts/message/render.ts';
import { ordinary } from '../alerts/transition.ts';
import type { Alert, Message } from '../alerts/alert.ts';
import type { messagePreview } from '../api/rules.ts';
import { episodeId } from '../rules/lifecycle.ts';
import { lastEpisodeAt } from '../workflows/knowledge.ts';
import { statesOf } from './evidence-now.ts';
import { knownAt } from './known-at.ts';
import type { Shelf } from './library.ts';
import type { Viewed } from './standing.ts';

type MessagePreview = z.infer<typeof messagePreview>;

const NEVER: MessagePreview = { session: null, subject: '', email: '', sms: '', segments: 0, characters: 0 };

/** The message a rule would have sent when it last fired; empty texts where it never did. */
export function messageOf(shelf: Shelf, viewed: Viewed, style: Style): MessagePreview {
  const alert = lastFired(shelf, viewed);
  return alert === null ? NEVER : { session: alert.session, ...shown(renderMessage(alert, style)) };
}

/** A message with what its SMS takes. */
function shown({ subject, email, sms }: Message): Omit<MessagePreview, 'session'> {
  return { subject, email, sms, segments: segmentsOf(sms), characters: sms.length };
}

/** A GSM-7 message has 160 characters, or 153 in each of several segments. */
export function segmentsOf(sms: string): number {
  return sms.length <= 160 ? 1 : Math.ceil(sms.length / 153);
}

/** The alert of a rule's last firing, with what was known at the close of its session; null where it never fired. */
function lastFired(shelf: Shelf, viewed: Viewed): Alert | null {
  const { rule } = viewed;
  const start = viewed.view.course.episodes.at(-1)?.start;
  if (start === undefined) return null;
  const context = knownAt(shelf, viewed, start);
  const view = context.view(rule);
  const span = lastEpisodeAt(view.course.episodes, start);
  // What was known at that close may have let it fire on an earlier session, or not at all.
  const index = view.course.episodes[span]?.start;
  const session = index === undefined ? undefined : viewed.sessions[index];
  if (index === undefined || session === undefined) return null;
  // What the saved rules did is known from their own context, unless that knows more than one did then.
  const standing = context.snapshot === shelf.context.snapshot ? shelf.context : context;
  return compose({
    frame: frameOf(rule, shelf.archive),
    transition: ordinary('fired', index, { id: episodeId(rule.id, session), start: session }, span),
    archive: shelf.archive,
    snapshot: context.snapshot,
    figures: view.figures,
    episodes: view.course.episodes,
    evidence: evidenceAt(rule, (id) => statesOf(id, shelf, standing), index),
  });
}
