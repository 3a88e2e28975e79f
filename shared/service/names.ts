import type { Session } from '../calendar/calendar.ts';

/** Names of the service's records, in one place: a prefix ends in `/`, so that none is the beginning of another. */

/** How far the service has come. */
export const PROGRESS = 'progress';
/** Sessions whose messages are not all out. */
export const OPEN_DELIVERIES = 'open-deliveries';
/** What stands of each rule now: text, version, whether it is enabled. */
export const RULES = 'rule/';
/** Every version of a rule's text, for ever. */
const RULE_VERSIONS = 'rule-version/';
/** What was recorded of each rule. */
export const RULE_STATES = 'rule-state/';
export const SILENCES = 'silence/';
/** Values that wait or were rejected. */
export const HELD = 'held/';
/** Who said what is stored of recent dates. */
export const ORIGINS = 'origin/';
/** Who said what is stored of levels and events, by series. */
export const LEVEL_ORIGINS = 'level-origin/';
/** Which user subscribed an address, by the id of the subscription. */
export const SUBSCRIPTION_OWNERS = 'subscription-owner/';
/** Answers kept for idempotency keys. */
export const KEPT_ANSWERS = 'kept-answer/';
/** What became of each HTML mail, by session, what was published, and subscription. */
export const MAILS = 'mail/';
/** What links in mails are signed with. */
export const LINK_SECRET = 'secret/links';
/** How far the filling of history has come. */
const BACKFILL = 'backfill/';

export function sessionName(session: Session): string {
  return `session/${session}`;
}

export function ruleName(id: string): string {
  return `${RULES}${id}`;
}

export function ruleVersionsOf(id: string): string {
  return `${RULE_VERSIONS}${id}/`;
}

export function ruleVersionName(id: string, version: number): string {
  return `${ruleVersionsOf(id)}${String(version).padStart(6, '0')}`;
}

export function ruleStateName(id: string): string {
  return `${RULE_STATES}${id}`;
}

export function silenceName(id: string): string {
  return `${SILENCES}${id}`;
}

export function deliveryName(session: Session): string {
  return `delivery/${session}`;
}

export function runsName(kind: string): string {
  return `runs/${kind}`;
}

export function heldName(date: string, source: string, initial: string): string {
  return `${HELD}${date}/${source}/${initial}`;
}

export function originName(date: string): string {
  return `${ORIGINS}${date}`;
}

export function levelOriginName(series: string): string {
  return `${LEVEL_ORIGINS}${series}`;
}

export function backfillName(step: string): string {
  return `${BACKFILL}${step}`;
}
