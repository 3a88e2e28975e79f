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
  subscribed,
  subscriptionView,
  subscriptionWanted,
} from './records.ts';
import { on, ROLES, routesOf } from './route.ts';
import { decision, draft, firingsDiff, preview, ruleSummary, ruleVersion, ruleView, saved } from './rules.ts';
import { today } from './today.ts';

const done = z.object({ done: z.literal(true) });
const version = z.number().check(z.int(), z.gte(0));
const counted = z.string().check(z.regex(/^\d{1,9}$/));

/** Everything the API does. */
export const ROUTES = routesOf({
  me: {
    ...on('GET', '/api/me', 'reader', 'Who is asking, and what that allows.'),
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
    ...on('GET', '/api/today', 'reader', 'The state of the rotation on the last session.'),
    answer: today,
  },
  market: {
    ...on('GET', '/api/market', 'reader', 'What expressions may name.'),
    answer: marketView,
  },
  rules: {
    ...on('GET', '/api/rules', 'reader', 'Every rule and where it stands.'),
    query: z.object({ deleted: z.optional(z.literal('true')) }),
    answer: z.object({ rules: z.array(ruleSummary) }),
  },
  rule: {
    ...on('GET', '/api/rules/{id}', 'reader', 'One rule, explained, with its history.'),
    answer: ruleView,
  },
  ruleVersions: {
    ...on('GET', '/api/rules/{id}/versions', 'reader', 'Every saved text, newest first.'),
    answer: z.object({ versions: z.array(ruleVersion) }),
  },
  ruleDiff: {
    ...on('GET', '/api/rules/{id}/diff', 'reader', 'How the firings of two versions differ.'),
    query: z.object({ from: counted, to: counted }),
    answer: firingsDiff,
  },
  decision: {
    ...on(
      'GET',
      '/api/rules/{id}/sessions/{session}',
      'reader',
      'Why the rule did or did not speak on a session.',
    ),
    answer: decision,
  },
  previewRule: {
    ...on('POST', '/api/preview', 'editor', 'What a draft is and would have done.'),
    body: z.strictObject({ draft }),
    answer: preview,
  },
  compareDraft: {
    ...on(
      'POST',
      '/api/rules/{id}/compare',
      'editor',
      'How the firings of a draft differ from those of the version that stands.',
    ),
    body: z.strictObject({ draft }),
    answer: firingsDiff,
  },
  saveRule: {
    ...on('PUT', '/api/rules/{id}', 'editor', 'Saves a draft as the next version.'),
    /** `expected`: the version it was made from, 0 for a new rule. `replaces`: the rule it is a copy of and speaks for. */
    body: z.strictObject({ draft, expected: version, replaces: z.optional(text(64)) }),
    answer: saved,
  },
  deleteRule: {
    ...on('DELETE', '/api/rules/{id}', 'editor', 'Deletes a rule; it can be restored.'),
    query: z.object({ expected: counted }),
    answer: done,
  },
  restoreRule: {
    ...on('POST', '/api/rules/{id}/restore', 'editor', 'Saves an earlier version again.'),
    /** `expected`: the version that stands, 0 where the rule is deleted. */
    body: z.strictObject({ version, expected: version }),
    answer: saved,
  },
  switchRule: {
    ...on('POST', '/api/rules/{id}/state', 'editor', 'Enables or disables a rule.'),
    body: z.strictObject({ enabled: z.boolean(), expected: version }),
    answer: done,
  },
  alerts: {
    ...on('GET', '/api/alerts', 'reader', 'Alerts, newest first, page by page.'),
    query: alertQuery,
    answer: alertPage,
  },
  /** An alert id holds slashes and is percent-encoded here. */
  alert: {
    ...on('GET', '/api/alerts/{id}', 'reader', 'One alert with all its context.'),
    answer: alertView,
  },
  replay: {
    ...on('GET', '/api/replay/{session}', 'reader', 'A day told again, beside the record.'),
    answer: replayed,
  },
  series: {
    ...on('GET', '/api/series/{id}', 'reader', 'The values of one series.'),
    query: period,
    answer: seriesView,
  },
  data: {
    ...on('GET', '/api/data', 'reader', 'Freshness, gaps, held values, providers.'),
    answer: dataView,
  },
  decideHeld: {
    ...on('POST', '/api/held/{id}', 'operator', 'Accepts or rejects a held value.'),
    body: heldDecision,
    answer: done,
  },
  observe: {
    ...on('POST', '/api/observations', 'operator', 'Stores one value by hand.'),
    body: observed,
    answer: observedAnswer,
  },
  silences: {
    ...on('GET', '/api/silences', 'reader', 'Silences, the ones in force first.'),
    answer: z.object({ silences: z.array(silenceView) }),
  },
  silence: {
    ...on('POST', '/api/silences', 'editor', 'Silences a rule up to a date.'),
    body: silenceWanted,
    answer: silenceView,
  },
  liftSilence: {
    ...on('DELETE', '/api/silences/{id}', 'editor', 'Ends a silence now.'),
    answer: done,
  },
  subscriptions: {
    ...on('GET', '/api/subscriptions', 'reader', "The caller's subscriptions; all of them for an operator."),
    by: 'people',
    answer: z.object({ subscriptions: z.array(subscriptionView) }),
  },
  subscribe: {
    ...on('POST', '/api/subscriptions', 'reader', 'Subscribes an address, or changes what it gets.'),
    by: 'people',
    body: subscriptionWanted,
    answer: subscribed,
  },
  unsubscribe: {
    ...on('DELETE', '/api/subscriptions/{id}', 'reader', 'Ends a subscription.'),
    by: 'people',
    answer: done,
  },
  confirm: {
    ...on('POST', '/api/confirmations', 'reader', 'Confirms a subscription with the token of its message.'),
    by: 'people',
    where: 'local',
    body: z.strictObject({ token: text(200) }),
    answer: done,
  },
  outbox: {
    ...on('GET', '/api/outbox', 'operator', 'Messages in the outbox of this machine, newest first.'),
    where: 'local',
    answer: z.object({ messages: z.array(outboxLine) }),
  },
  outboxMessage: {
    ...on('GET', '/api/outbox/{name}', 'operator', 'One message of the outbox.'),
    where: 'local',
    answer: z.object({ ...outboxLine.shape, text: z.string() }),
  },
  evaluateNow: {
    ...on('POST', '/api/run', 'operator', 'Runs ingest, evaluation and delivery once, now.'),
    where: 'local',
    answer: z.object({ session: z.nullable(date), text: z.string() }),
  },
  openapi: {
    ...on('GET', '/api/openapi.json', 'reader', 'This description, OpenAPI 3.1.'),
    answer: z.record(z.string(), z.unknown()),
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
