import type * as z from 'zod/mini';
import type { silenceView } from '../../../shared/api/records.ts';
import type { Instant } from '../../../shared/calendar/calendar.ts';
import { failure, success } from '../../../shared/result.ts';
import {
  liftSilence as lift,
  listSilences,
  type Silence,
  silence as silenceRule,
} from '../../../shared/service/silences.ts';
import { unknownRules } from '../../../shared/service/unknown-rules.ts';
import { isRulePattern } from '../../../shared/subscriptions/pattern.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { notFound, type Problem, refused } from '../problem.ts';

/** Every silence there was, those in force first, the newest first. */
export const silences: Handler<'silences'> = async ({ ground, now }) => {
  const views = (await listSilences(ground.records)).map((one) => viewOf(ground, one, now));
  return success({
    silences: views.toSorted(
      (a, b) => Number(b.active) - Number(a.active) || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1),
    ),
  });
};

/** Silences a rule, or all that begin alike, up to a date. */
export const silence: Handler<'silence'> = async ({ ground, body, now }) => {
  const { records, calendar } = ground;
  const fault = await faultOf(ground, body.rule);
  if (fault !== null) return failure(fault);
  const outcome = await silenceRule({ records, calendar, now }, body);
  if (outcome.kind === 'refused') {
    return failure(refused(outcome.reason, [{ field: 'body.until', message: outcome.reason }]));
  }
  return success(viewOf(ground, outcome.silence, now));
};

/** Ends a silence now. */
export const liftSilence: Handler<'liftSilence'> = async ({ ground, params: { id }, now }) => {
  const { records, calendar } = ground;
  const outcome = await lift({ records, calendar, now }, id);
  if (outcome === 'lifted') return success({ done: true });
  return failure(
    outcome === 'ended' ? refused(`${id} has ended already`) : notFound(`there is no silence ${id}`),
  );
};

/** A silence of a rule that is not there, by a slip, would keep nothing from being sent. */
async function faultOf({ records }: ApiGround, rule: string): Promise<Problem | null> {
  if (!isRulePattern(rule)) {
    return refusedRule(`\`${rule}\` names no rules: expected an id, a prefix such as small-cap-*, or *`);
  }
  const [unknown] = await unknownRules(records, [rule]);
  if (unknown === undefined) return null;
  const { meant } = unknown;
  return refusedRule(`no rule is named ${rule}${meant === null ? '' : `: did you mean ${meant}?`}`);
}

function refusedRule(message: string): Problem {
  return refused(message, [{ field: 'body.rule', message }]);
}

function viewOf(
  { calendar }: ApiGround,
  { id, rule, why, createdAt, last }: Silence,
  now: Instant,
): z.infer<typeof silenceView> {
  return { id, rule, why, createdAt, last, active: last > (calendar.lastFinished(now) ?? '') };
}
