import type { Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { Finding } from '../rules/finding.ts';
import { type LoadedRules, loadRuleFiles, type RuleFile } from '../rules/load.ts';
import type { Market } from '../series/market.ts';
import { listJson, readJson } from './json-record.ts';
import { RULES, ruleName, ruleVersionsOf } from './names.ts';

/** Where a rule's text comes from: a deploy touches only rules whose source is a file. */
export type RuleOrigin = 'file' | 'command';

/** What stands of a rule now. */
export interface RuleDefinition {
  readonly id: string;
  /** Counts the texts saved, from 1. */
  readonly version: number;
  /** A rules document that holds this one rule. */
  readonly text: string;
  readonly origin: RuleOrigin;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  /** The rule's live session: the first one finished after it was saved or enabled. */
  readonly live: Session;
  readonly savedAt: Instant;
  /** The rule this one is a copy of and speaks instead of while it is enabled; absent for none. */
  readonly replaces?: string;
}

/** One saved text of a rule. */
export interface RuleVersion {
  readonly version: number;
  readonly text: string;
  readonly origin: RuleOrigin;
  readonly savedAt: Instant;
}

/** Reads the rules of a text all together; `loadRuleFiles` unless somebody remembers what it has read before. */
export type RuleLoader = (files: readonly RuleFile[], market: Market) => LoadedRules;

/** Every rule ever saved, deleted ones included, by id. */
export async function listRules(records: RecordStore): Promise<readonly RuleDefinition[]> {
  return (await listJson<RuleDefinition>(records, RULES)).map(({ value }) => value);
}

/** One rule; null where none was ever saved under this id. */
export async function readRule(records: RecordStore, id: string): Promise<RuleDefinition | null> {
  return (await readJson<RuleDefinition>(records, ruleName(id)))?.value ?? null;
}

/** Every text saved of a rule, oldest first, the one that stands included. */
export async function listRuleVersions(records: RecordStore, id: string): Promise<readonly RuleVersion[]> {
  const earlier = await listJson<RuleVersion>(records, ruleVersionsOf(id));
  const standing = await readRule(records, id);
  if (standing === null) return [];
  const { version, text, origin, savedAt } = standing;
  const before = earlier.map(({ value }) => value).filter((one) => one.version < version);
  return [...before, { version, text, origin, savedAt }];
}

/** The name under which findings speak of a stored rule. */
export function fileOf(id: string): string {
  return `${id}.yaml`;
}

/** Loads stored rules together; one that is broken takes only those with it that need it. */
export function loadDefinitions(
  definitions: readonly RuleDefinition[],
  market: Market,
  load: RuleLoader = loadRuleFiles,
): LoadedRules {
  return load(
    definitions.map(({ id, text }) => ({ file: fileOf(id), text })),
    market,
  );
}

/** Why a rule could not be loaded, in one line. */
export function reasonBroken(id: string, findings: readonly Finding[]): string {
  const own = findings.filter(({ file, severity }) => file === fileOf(id) && severity === 'error');
  const [first] = own;
  return first === undefined ? 'needs a rule that cannot be evaluated' : `${first.code}: ${first.message}`;
}
