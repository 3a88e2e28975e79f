import * as z from 'zod/mini';
import { date, period, text } from './common.ts';
import { dataView, heldDecision, marketView, observed, observedAnswer, seriesView } from './data.ts';
import {
  alertPage,
  alertQuery,
  alertView,
  outboxLine,
  replayed,
  silenceView,
  silenceWanted,
  subscriptionView,
  subscriptionWanted,
} from './records.ts';
import { ROLES, routesOf } from './route.ts';
import { decision, draft, firingsDiff, preview, ruleSummary, ruleVersion, ruleView, saved } from './rules.ts';
import { today } from './today.ts';

const done = z.object({ done: z.literal(true) });
const version = z.number().check(z.int(), z.gte(0));
const counted = z.string().check(z.regex(/^\d{1,9}$/));

/** Everything the API does. */
export const ROUTES = routesOf({
  me: {
    ...{ method: 'GET', path: '/api/me', role: 'reader', summary: 'Who is asking, and what that allows.' },
    answer: z.object({
      user: z.string(),
      role: z.enum(ROLES),
      where: z.enum(['local', 'deployed']),
      /** Whether the service sends HTML mail. */
      htmlMail: z.boolean(),
      limits: z.object({
        rules: z.number(),
        recipients: z.number(),
        writesPerMinute: z.number(),
        bodyBytes: z.number(),
      }),
      version: z.string(),
    }),
  },
  today: {
    ...{
      method: 'GET',
      path: '/api/today',
      role: 'reader',
      summary: 'The state of the rotation on the last session.',
    },
    answer: today,
  },
  market: {
    ...{ method: 'GET', path: '/api/market', role: 'reader', summary: 'What expressions may name.' },
    answer: marketView,
  },
  rules: {
    ...{ method: 'GET', path: '/api/rules', role: 'reader', summary: 'Every rule and where it stands.' },
    query: z.object({ deleted: z.optional(z.literal('true')) }),
    answer: z.object({ rules: z.array(ruleSummary) }),
  },
  rule: {
    ...{
      method: 'GET',
      path: '/api/rules/{id}',
      role: 'reader',
      summary: 'One rule, explained, with its history.',
    },
    answer: ruleView,
  },
  ruleVersions: {
    ...{
      method: 'GET',
      path: '/api/rules/{id}/versions',
      role: 'reader',
      summary: 'Every saved text, newest first.',
    },
    answer: z.object({ versions: z.array(ruleVersion) }),
  },
  ruleDiff: {
    ...{
      method: 'GET',
      path: '/api/rules/{id}/diff',
      role: 'reader',
      summary: 'How the firings of two versions differ.',
    },
    query: z.object({ from: counted, to: counted }),
    answer: firingsDiff,
  },
  decision: {
    ...{ method: 'GET', path: '/api/rules/{id}/sessions/{session}', role: 'reader' },
    summary: 'Why the rule did or did not speak on a session.',
    answer: decision,
  },
  previewRule: {
    ...{
      method: 'POST',
      path: '/api/preview',
      role: 'editor',
      summary: 'What a draft is and would have done.',
    },
    body: z.strictObject({ draft }),
    answer: preview,
  },
  compareDraft: {
    ...{ method: 'POST', path: '/api/rules/{id}/compare', role: 'editor' },
    summary: 'How the firings of a draft differ from those of the version that stands.',
    body: z.strictObject({ draft }),
    answer: firingsDiff,
  },
  saveRule: {
    ...{
      method: 'PUT',
      path: '/api/rules/{id}',
      role: 'editor',
      summary: 'Saves a draft as the next version.',
    },
    /** `expected`: the version it was made from, 0 for a new rule. `replaces`: the rule it is a copy of and speaks for. */
    body: z.strictObject({ draft, expected: version, replaces: z.optional(text(64)) }),
    answer: saved,
  },
  deleteRule: {
    ...{
      method: 'DELETE',
      path: '/api/rules/{id}',
      role: 'editor',
      summary: 'Deletes a rule; it can be restored.',
    },
    query: z.object({ expected: counted }),
    answer: done,
  },
  restoreRule: {
    ...{
      method: 'POST',
      path: '/api/rules/{id}/restore',
      role: 'editor',
      summary: 'Saves an earlier version again.',
    },
    /** `expected`: the version that stands, 0 where the rule is deleted. */
    body: z.strictObject({ version, expected: version }),
    answer: saved,
  },
  switchRule: {
    ...{
      method: 'POST',
      path: '/api/rules/{id}/state',
      role: 'editor',
      summary: 'Enables or disables a rule.',
    },
    body: z.strictObject({ enabled: z.boolean(), expected: version }),
    answer: done,
  },
  alerts: {
    ...{ method: 'GET', path: '/api/alerts', role: 'reader', summary: 'Alerts, newest first, page by page.' },
    query: alertQuery,
    answer: alertPage,
  },
  /** An alert id holds slashes and is percent-encoded here. */
  alert: {
    ...{
      method: 'GET',
      path: '/api/alerts/{id}',
      role: 'reader',
      summary: 'One alert with all its context.',
    },
    answer: alertView,
  },
  replay: {
    ...{
      method: 'GET',
      path: '/api/replay/{session}',
      role: 'reader',
      summary: 'A day told again, beside the record.',
    },
    answer: replayed,
  },
  series: {
    ...{ method: 'GET', path: '/api/series/{id}', role: 'reader', summary: 'The values of one series.' },
    query: period,
    answer: seriesView,
  },
  data: {
    ...{
      method: 'GET',
      path: '/api/data',
      role: 'reader',
      summary: 'Freshness, gaps, held values, providers.',
    },
    answer: dataView,
  },
  decideHeld: {
    ...{
      method: 'POST',
      path: '/api/held/{id}',
      role: 'operator',
      summary: 'Accepts or rejects a held value.',
    },
    body: heldDecision,
    answer: done,
  },
  observe: {
    ...{ method: 'POST', path: '/api/observations', role: 'operator', summary: 'Stores one value by hand.' },
    body: observed,
    answer: observedAnswer,
  },
  silences: {
    ...{
      method: 'GET',
      path: '/api/silences',
      role: 'reader',
      summary: 'Silences, the ones in force first.',
    },
    answer: z.object({ silences: z.array(silenceView) }),
  },
  silence: {
    ...{ method: 'POST', path: '/api/silences', role: 'editor', summary: 'Silences a rule up to a date.' },
    body: silenceWanted,
    answer: silenceView,
  },
  liftSilence: {
    ...{ method: 'DELETE', path: '/api/silences/{id}', role: 'editor', summary: 'Ends a silence now.' },
    answer: done,
  },
  subscriptions: {
    ...{ method: 'GET', path: '/api/subscriptions', role: 'reader' },
    summary: "The caller's subscriptions; all of them for an operator.",
    answer: z.object({ subscriptions: z.array(subscriptionView) }),
  },
  subscribe: {
    ...{
      method: 'POST',
      path: '/api/subscriptions',
      role: 'reader',
      summary: 'Subscribes an address, or changes what it gets.',
    },
    body: subscriptionWanted,
    answer: subscriptionView,
  },
  unsubscribe: {
    ...{ method: 'DELETE', path: '/api/subscriptions/{id}', role: 'reader', summary: 'Ends a subscription.' },
    answer: done,
  },
  confirm: {
    ...{ method: 'POST', path: '/api/confirmations', role: 'reader', where: 'local' },
    summary: 'Confirms a subscription with the token of its message.',
    body: z.strictObject({ token: text(200) }),
    answer: done,
  },
  outbox: {
    ...{ method: 'GET', path: '/api/outbox', role: 'operator', where: 'local' },
    summary: 'Messages in the outbox of this machine, newest first.',
    answer: z.object({ messages: z.array(outboxLine) }),
  },
  outboxMessage: {
    ...{
      method: 'GET',
      path: '/api/outbox/{name}',
      role: 'operator',
      where: 'local',
      summary: 'One message of the outbox.',
    },
    answer: z.object({ ...outboxLine.shape, text: z.string() }),
  },
  evaluateNow: {
    ...{ method: 'POST', path: '/api/run', role: 'operator', where: 'local' },
    summary: 'Runs ingest, evaluation and delivery once, now.',
    answer: z.object({ session: z.nullable(date), text: z.string() }),
  },
});
export type RouteId = keyof typeof ROUTES;

/** What a route answers. */
export type Answer<Id extends RouteId> = z.infer<(typeof ROUTES)[Id]['answer']>;
/** What a route is sent; never where it takes nothing. */
export type Body<Id extends RouteId> = (typeof ROUTES)[Id] extends {
  readonly body: infer Schema extends z.ZodMiniType;
}
  ? z.infer<Schema>
  : never;
/** What a route reads of the address; never where it reads nothing. */
export type Query<Id extends RouteId> = (typeof ROUTES)[Id] extends {
  readonly query: infer Schema extends z.ZodMiniType;
}
  ? z.infer<Schema>
  : never;
