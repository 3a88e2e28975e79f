import type { Instant } from '../../shared/calendar/calendar.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import type { Access } from './access.ts';
import { type AnswerContext, type ProviderAnswer, type ProviderRequest, refusedAnswer } from './answer.ts';
import { keepAnswer } from './answered.ts';
import { noteAnswer, takeLeave } from './budget.ts';
import { parseAnswer } from './parse.ts';
import { redactAnswer } from './redact.ts';
import { type Patience, PATIENCE, send } from './send.ts';

/** What asking stands on; time, chance and waiting are given. */
export interface Line {
  readonly records: RecordStore;
  readonly clock: () => Instant;
  /** Numbers from 0 to below 1. */
  readonly chance: () => number;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly patience?: Patience;
}

/** What is asked, and what a reader must know to judge the answer. */
export interface Question extends Omit<AnswerContext, 'status' | 'headers' | 'now' | 'secrets'> {
  readonly request: ProviderRequest;
}

const TRIES = 3;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 8000;
/** A quota by the minute is waited for; anything longer is the next run's. */
const LONGEST_WAIT_MS = 70_000;

/**
 * Asks a provider until it has answered: the one place where anything is tried again. What failed on the way is tried
 * three times, each pause a random part of a doubling one; a quota by the minute is waited for once; every other answer
 * stands. Never throws for what a provider does; throws where the record of its quotas fails.
 */
export async function ask(line: Line, access: Access, question: Question): Promise<ProviderAnswer> {
  let waited = false;
  for (let tries = 1; ; tries += 1) {
    const answer = await askOnce(line, access, question);
    if (answer.kind === 'transient' && tries < TRIES) {
      const doubled = FIRST_PAUSE_MS * 2 ** (tries - 1);
      const least = answer.retryAt === undefined ? 0 : answer.retryAt - line.clock();
      if (least > LONGEST_WAIT_MS) return answer;
      await line.pause(Math.max(least, line.chance() * Math.min(doubled, LONGEST_PAUSE_MS)));
    } else if (answer.kind === 'rate_minute' && !waited) {
      const wait = (answer.retryAt ?? nextMinute(line.clock())) - line.clock();
      if (wait > LONGEST_WAIT_MS) return answer;
      waited = true;
      // Others wait for the same minute: not all of them should come in its first second.
      await line.pause(Math.max(wait, 0) + line.chance() * FIRST_PAUSE_MS);
    } else return answer;
  }
}

function nextMinute(now: Instant): Instant {
  return (Math.floor(now / 60_000) + 1) * 60_000;
}

async function askOnce(line: Line, access: Access, question: Question): Promise<ProviderAnswer> {
  const answer = await exchanged(line, access, question);
  await keepAnswer(line.records, access.provider, answer, line.clock());
  return answer;
}

/** One answer, without any secret. */
async function exchanged(line: Line, access: Access, question: Question): Promise<ProviderAnswer> {
  const { records, clock } = line;
  const leave = await takeLeave(records, access, clock());
  if (leave.kind === 'refused') {
    const until = new Date(leave.until).toISOString();
    return { ...refusedAnswer(leave.as, `not asked again before ${until}`), retryAt: leave.until };
  }
  const { request, ...asked } = question;
  const sent = await send(request, access, line.patience ?? PATIENCE);
  const now = clock();
  if (sent.kind === 'failed') return refusedAnswer('transient', sent.why);
  const answer =
    sent.kind === 'rejected'
      ? refusedAnswer(sent.what === 'redirect' ? 'blocked' : 'schema', sent.why)
      : parseAnswer(access.provider, sent.body, {
          ...asked,
          status: sent.status,
          headers: sent.headers,
          now,
          secrets: access.secrets,
        });
  await noteAnswer(records, access, answer, now);
  return redactAnswer(answer, access.secrets);
}
