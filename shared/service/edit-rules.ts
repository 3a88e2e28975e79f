import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { Finding } from '../rules/finding.ts';
import { loadRuleFiles, type RuleFile } from '../rules/load.ts';
import type { Market } from '../series/market.ts';
import { readJson, writeJson } from './json-record.ts';
import { ruleName, ruleVersionName } from './names.ts';
import { openProgress } from './progress.ts';
import {
  fileOf,
  listRules,
  loadDefinitions,
  type RuleDefinition,
  type RuleLoader,
  type RuleOrigin,
  type RuleVersion,
} from './rule-book.ts';
import { mayReplace, rivalOf } from './replacing.ts';
import { splitRules } from './split-rules.ts';

/** What an edit stands on. */
export interface EditGround {
  readonly records: RecordStore;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly load?: RuleLoader;
}

/** How an edit ended. */
export type EditOutcome =
  | { readonly kind: 'saved'; readonly definition: RuleDefinition }
  | { readonly kind: 'unchanged'; readonly definition: RuleDefinition }
  /** Somebody saved in between: `version` is the one to read and edit now; 0 where there is none. */
  | { readonly kind: 'conflict'; readonly version: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly findings: readonly Finding[] };

interface Saving {
  readonly id: string;
  readonly text: string;
  readonly origin: RuleOrigin;
  /** The version that was edited, 0 for a new rule; null takes whatever is there. */
  readonly expected: number | null;
  /** The rule it is a copy of; absent leaves what is recorded. */
  readonly replaces?: string | undefined;
  /** What speaks against it; a deploy has looked at all rules together before. */
  readonly object: (ground: EditGround, changed: RuleDefinition) => Promise<EditOutcome | null>;
}

/**
 * Saves the text of one rule as its next version, if `expected` is the version that stands (0: none, or deleted). It is
 * checked with all the others: an edit that breaks itself or a rule that names it is refused. With `replaces` it is
 * recorded as a copy that speaks instead of that rule while it is enabled; later edits leave that as it is.
 */
export async function putRule(
  ground: EditGround,
  text: string,
  expected: number,
  replaces?: string,
): Promise<EditOutcome> {
  const checked = (ground.load ?? loadRuleFiles)([{ file: 'rule.yaml', text }], ground.market);
  const own = idOf(text);
  if (own === null) {
    const findings = checked.findings.filter(({ severity }) => severity === 'error');
    return refused('expected a rules document that holds one rule with an id', findings);
  }
  const saving = { id: own, text, origin: 'command', expected, replaces, object: objectionTo } as const;
  return await save(ground, saving);
}

function idOf(text: string): string | null {
  try {
    const rules = splitRules([{ file: '', text }]);
    return rules.length === 1 ? (rules[0]?.id ?? null) : null;
  } catch {
    return null;
  }
}

async function save(ground: EditGround, saving: Saving): Promise<EditOutcome> {
  const { records, calendar, now } = ground;
  const stored = await readJson<RuleDefinition>(records, ruleName(saving.id));
  const before = stored?.value ?? null;
  const standing = before === null || before.state === 'deleted' ? 0 : before.version;
  if (saving.expected !== null && saving.expected !== standing)
    return { kind: 'conflict', version: standing };
  const replaces = saving.replaces ?? (standing === 0 ? undefined : before?.replaces);
  const alike =
    before !== null &&
    before.text === saving.text &&
    before.origin === saving.origin &&
    before.replaces === replaces;
  if (alike && before.state !== 'deleted') return { kind: 'unchanged', definition: before };
  if (saving.replaces !== undefined && !mayReplace(saving.id, saving.replaces, await listRules(records))) {
    const why = 'it is not there, or speaks for it itself';
    return refused(`${saving.id} cannot speak instead of ${saving.replaces}: ${why}`, []);
  }
  const live = before === null || standing === 0 ? liveSession(calendar, now) : before.live;
  if (live === null) return refused('the calendar ends before the next session', []);
  const { id, text, origin } = saving;
  const version = (before?.version ?? 0) + 1;
  // An edit does not enable what somebody disabled.
  const state = before?.state === 'disabled' ? 'disabled' : 'enabled';
  const copy = replaces === undefined ? {} : { replaces };
  const definition: RuleDefinition = { id, version, text, origin, state, live, savedAt: now, ...copy };
  const objection = await saving.object(ground, definition);
  if (objection !== null) return objection;
  await openProgress(records, calendar, now);
  if (before !== null) await keepVersion(records, before);
  const written = await writeJson(records, ruleName(id), definition, stored?.revision ?? 0);
  if (written === 'written') return { kind: 'saved', definition };
  const winner = await readJson<RuleDefinition>(records, ruleName(id));
  return { kind: 'conflict', version: winner?.value.version ?? 0 };
}

/** Keeps a text that another one is about to follow; what a version says never changes, so keeping it twice is no harm. */
async function keepVersion(records: RecordStore, definition: RuleDefinition): Promise<void> {
  const { id, version, text, origin, savedAt } = definition;
  const kept: RuleVersion = { version, text, origin, savedAt };
  await writeJson(records, ruleVersionName(id, version), kept, 0);
}

/** The first session finished after now; null past the calendar's horizon. */
function liveSession(calendar: Calendar, now: Instant): Session | null {
  const last = calendar.lastFinished(now);
  return (last === undefined ? calendar.sessions[0] : calendar.next(last)) ?? null;
}

function refused(reason: string, findings: readonly Finding[]): EditOutcome {
  return { kind: 'refused', reason, findings };
}

/** What speaks against a rule standing so: its own errors, others that would break, another copy that says the same. */
async function objectionTo(ground: EditGround, changed: RuleDefinition): Promise<EditOutcome | null> {
  const all = await listRules(ground.records);
  const rival = changed.state === 'enabled' ? rivalOf(changed, all) : null;
  if (rival !== null) {
    const remedy = `edit ${rival}, or disable or delete it first`;
    return refused(`${rival} speaks instead of ${changed.replaces ?? ''} already: ${remedy}`, []);
  }
  const others = all.filter(({ id, state }) => id !== changed.id && state !== 'deleted');
  const before = await loadable(ground, changed.id, others);
  const after = loadDefinitions(
    changed.state === 'deleted' ? others : [...others, changed],
    ground.market,
    ground.load,
  );
  const ids = new Set(after.rules.map(({ id }) => id));
  const own = after.findings.filter(
    ({ file, severity }) => file === fileOf(changed.id) && severity === 'error',
  );
  if (changed.state !== 'deleted' && !ids.has(changed.id)) {
    return refused(`${changed.id} has errors`, own);
  }
  const broken = before.filter((id) => !ids.has(id));
  if (broken.length === 0) return null;
  return refused(`${broken.join(', ')} would no longer work without ${changed.id} as it stands`, []);
}

/** The other rules that work as everything stands now. */
async function loadable(
  { records, market, load }: EditGround,
  id: string,
  others: readonly RuleDefinition[],
): Promise<readonly string[]> {
  const current = (await readJson<RuleDefinition>(records, ruleName(id)))?.value;
  const standing = current === undefined || current.state === 'deleted' ? others : [...others, current];
  return loadDefinitions(standing, market, load)
    .rules.map((rule) => rule.id)
    .filter((one) => one !== id);
}

/** A change of a rule's state, and what speaks against it. */
interface StateChange extends Pick<Saving, 'expected' | 'object' | 'origin'> {
  readonly id: string;
  readonly state: RuleDefinition['state'];
}

/**
 * Deletes, disables or enables a rule if `expected` is the version that stands. A rule that fires is resolved with that
 * reason on the next session evaluated; one that is enabled again is live from the first session finished afterwards.
 */
export async function setRuleState(
  ground: EditGround,
  change: { readonly id: string; readonly state: RuleDefinition['state']; readonly expected: number },
): Promise<EditOutcome> {
  return await changeState(ground, { ...change, origin: 'command', object: objectionTo });
}

async function changeState(ground: EditGround, change: StateChange): Promise<EditOutcome> {
  const { id, state, expected } = change;
  const { records, calendar, now } = ground;
  const stored = await readJson<RuleDefinition>(records, ruleName(id));
  if (stored === null || stored.value.state === 'deleted') return refused(`there is no rule ${id}`, []);
  const before = stored.value;
  if (expected !== null && expected !== before.version) return { kind: 'conflict', version: before.version };
  if (before.state === state) return { kind: 'unchanged', definition: before };
  const live = state === 'enabled' ? liveSession(calendar, now) : before.live;
  if (live === null) return refused('the calendar ends before the next session', []);
  // Deleted by command, it stays so although a file still has it.
  const origin = state === 'deleted' ? change.origin : before.origin;
  const definition = { ...before, state, live, origin, savedAt: now };
  const objection = await change.object(ground, definition);
  if (objection !== null) return objection;
  const written = await writeJson(records, ruleName(id), definition, stored.revision);
  return written === 'written'
    ? { kind: 'saved', definition }
    : { kind: 'conflict', version: before.version };
}

/** What a deploy did with one rule. */
export interface DeployedRule {
  readonly id: string;
  readonly outcome: EditOutcome | { readonly kind: 'left'; readonly reason: string };
}

/** How a deploy of rules ended; where it is refused nothing was touched. */
export type DeployOutcome =
  | { readonly kind: 'deployed'; readonly rules: readonly DeployedRule[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/**
 * Brings the rules whose source is a file to what the files say: new and changed ones are saved, those no longer there
 * deleted. A rule edited by command is left as it is. All rules are checked together as they will stand, before the
 * first is touched.
 */
export async function deployRules(ground: EditGround, files: readonly RuleFile[]): Promise<DeployOutcome> {
  const { records, market, load = loadRuleFiles } = ground;
  const errors = load(files, market).findings.filter(isError);
  if (errors.length > 0) return { kind: 'refused', findings: errors };
  const stored = await listRules(records);
  const byCommand = stored.filter(({ origin }) => origin === 'command');
  const left = new Map(byCommand.map((one) => [one.id, one]));
  const texts = splitRules(files);
  const own = texts.filter(({ id }) => !left.has(id));
  const kept = byCommand.filter(({ state }) => state !== 'deleted');
  const standing = [...own, ...kept].map(({ id, text }) => ({ file: fileOf(id), text }));
  const clashes = load(standing, market).findings.filter(isError);
  if (clashes.length > 0) return { kind: 'refused', findings: clashes };
  const rules = texts.flatMap(({ id }): DeployedRule[] => {
    const done = left.get(id)?.state === 'deleted' ? 'deleted' : 'edited';
    return left.has(id) ? [{ id, outcome: { kind: 'left', reason: `it was ${done} by command` } }] : [];
  });
  const free = { expected: null, object: async () => null };
  for (const { id, text } of own) {
    rules.push({ id, outcome: await save(ground, { ...free, id, text, origin: 'file' }) });
  }
  const named = new Set(texts.map(({ id }) => id));
  for (const { id, origin, state } of stored) {
    if (origin !== 'file' || state === 'deleted' || named.has(id)) continue;
    rules.push({ id, outcome: await changeState(ground, { ...free, id, origin, state: 'deleted' }) });
  }
  return { kind: 'deployed', rules };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
