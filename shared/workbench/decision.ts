import { frameOf } from '../alerts/compose.ts';
import { counted, measured } from '../alerts/message/numbers.ts';
import { round12 } from '../alerts/round.ts';
import type { Session } from '../calendar/calendar.ts';
import { deliveryText } from '../service/delivery-text.ts';
import { answerOf } from './decision-answer.ts';
import { type Decision, type Facts, factsOf, type OnRecord } from './decision-facts.ts';
import type { Shelf } from './library.ts';
import { explainedOf } from './preview.ts';
import { viewRule } from './standing.ts';

/** Why a rule did or did not speak on a session that has data: from what is on record, and else as computed now. */
export function decisionOn(shelf: Shelf, id: string, session: Session, record: OnRecord): Decision {
  const rule = shelf.rules.get(id);
  const index = shelf.sessions.indexOf(session);
  if (rule === undefined || index < 0) return unknown(shelf, id, session, record);
  const facts = factsOf(shelf, viewRule(shelf, rule), index, record);
  const { printed } = facts.viewed;
  return {
    ...{ rule: id, session },
    answer: answerOf(facts, record),
    steps: stepsOf(shelf, facts, record),
    ...{ when: facts.when, state: facts.state, value: round12(facts.value) },
    valueText: rule.measure === null ? null : measured({ definition: printed }, facts.value),
    alerts: alertsOf(record),
    explained: explainedOf(shelf, facts.viewed, index),
  };
}

type Step = Decision['steps'][number];

function stepsOf(shelf: Shelf, facts: Facts, record: OnRecord): Step[] {
  const { rule } = facts.viewed;
  const session = facts.viewed.sessions[facts.index] ?? '';
  return [
    { what: 'session', text: sessionText(record, session) },
    { what: 'rule', text: ruleText(record, session) },
    { what: 'record', text: recordText(facts) },
    {
      what: 'data',
      text:
        facts.lacking.length === 0
          ? 'Everything it reads was there.'
          : `Not there: ${facts.lacking.join('; ')}.`,
    },
    { what: 'condition', text: conditionText(shelf, facts) },
    { what: 'counters', text: countersText(facts) },
    ...(facts.state === 'firing' && facts.before === 'firing' ? [updateStep(facts, record)] : []),
    ...record.alerts.map(({ alert, delivery }) => {
      const detail = delivery.kind === 'withheld' ? ` (${delivery.detail})` : '';
      return { what: 'delivery', text: `${alert.kind}: ${deliveryText(delivery)}${detail}.` };
    }),
    ...(record.mutedBy === null
      ? []
      : [{ what: 'replaced', text: `${record.mutedBy} speaks instead of ${rule.id} now.` }]),
  ];
}

function sessionText({ session: kept }: OnRecord, session: Session): string {
  if (kept === null) return `Nothing is on record of ${session} as given to evaluation.`;
  const missing = kept.missing.length === 0 ? '' : `: ${kept.missing.slice(0, 3).join('; ')}`;
  const evaluated = kept.evaluatedAt === null ? ' It is not evaluated by every rule yet.' : '';
  return `${session} was given to evaluation ${kept.release}${missing}.${evaluated}`;
}

function ruleText({ definition }: OnRecord, session: Session): string {
  const { state, version, live } = definition;
  if (state !== 'enabled') return `The rule is ${state} now (version ${version}).`;
  return session < live
    ? `Version ${version} is live from ${live} on; what was before is history and never sent.`
    : `Version ${version} is live since ${live}.`;
}

function recordText({ told, state, viewed, index }: Facts): string {
  const session = viewed.sessions[index] ?? '';
  if (told === null) return `Nothing was recorded of ${session}: what follows is computed now.`;
  const said = told ? 'firing' : 'not firing';
  const agrees = told === (state === 'firing');
  return agrees
    ? `It is on record as ${said}; the figures that follow are computed from what was known then.`
    : `It is on record as ${said}, though computed from what is stored now it is ${state}.`;
}

function conditionText(shelf: Shelf, { when, value, threshold, viewed }: Facts): string {
  const { rule, printed } = viewed;
  const { condition } = frameOf(rule, shelf.archive).definition.words;
  const verdict = when === null ? 'no data' : when ? 'true' : 'not true';
  if (rule.measure === null || value === null) return `${verdict}: ${condition}.`;
  const told = measured({ definition: printed }, value);
  const limit = threshold === null ? '' : `, threshold ${measured({ definition: printed }, threshold)}`;
  return `${verdict}: ${condition}. Value ${told}${limit}.`;
}

function countersText({ viewed: { rule }, memory, state, before }: Facts): string {
  if (state === 'pending')
    return `True on ${memory.trueRun} of the ${counted(rule.hold, 'session')} it has to hold.`;
  if (state === 'firing' && before !== 'firing') return 'It began to fire on this session.';
  if (state === 'inactive' && before === 'firing') return 'It was resolved on this session.';
  if (state !== 'firing') return 'It was not firing.';
  return memory.resolveRun === 0
    ? 'It went on firing.'
    : `It went on firing: the end has been true on ${counted(memory.resolveRun, 'session')}, and ${rule.keepFiring} are let pass.`;
}

function updateStep({ viewed: { rule }, atLeast }: Facts, { before }: OnRecord): Step {
  const { update } = rule;
  if (update.kind === 'never') return { what: 'update', text: 'An open episode is not told again.' };
  if (update.kind === 'every')
    return {
      what: 'update',
      text: `An open episode is told again every ${counted(update.sessions, 'session')}.`,
    };
  const last =
    before === null
      ? 'no earlier alert of the episode is known'
      : `the alert of ${before.alert.session} said ${claim(before.alert.precedent?.atLeast ?? null)}`;
  return { what: 'update', text: `It is told again on a new record: now ${claim(atLeast)}; ${last}.` };
}

function claim(date: Session | null): string {
  return date === null ? 'the furthest in our data' : `as far as on ${date}`;
}

function alertsOf({ alerts }: OnRecord): Decision['alerts'] {
  return alerts.map(({ alert: { id, kind }, delivery }) => {
    return { id, kind, delivery: deliveryText(delivery) };
  });
}

/** A rule that cannot be evaluated, or a session without a stored value: only the record speaks. */
function unknown(shelf: Shelf, id: string, session: Session, record: OnRecord): Decision {
  const why = shelf.rules.has(id)
    ? 'nothing is stored for that session'
    : record.definition.state === 'deleted'
      ? 'the rule is deleted'
      : 'the rule has errors';
  const { alerts } = record;
  const told =
    alerts.length === 0
      ? 'No alert of it is on record'
      : `It spoke: ${alerts.map(({ alert }) => alert.kind).join(', ')}`;
  return {
    ...{ rule: id, session, when: null, state: null, value: null, valueText: null, explained: null },
    answer: `${told}; ${why}, so nothing more can be computed.`,
    steps: [
      { what: 'session', text: sessionText(record, session) },
      { what: 'rule', text: ruleText(record, session) },
    ],
    alerts: alertsOf(record),
  };
}
