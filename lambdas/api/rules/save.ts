import type { Draft } from '../../../shared/api/rules.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import {
  type EditGround,
  type EditOutcome,
  putRule,
  setRuleState,
} from '../../../shared/service/edit-rules.ts';
import { listRules, listRuleVersions, type RuleDefinition } from '../../../shared/service/rule-book.ts';
import { storedInstruments } from '../../../shared/service/stored-instruments.ts';
import { readMarket } from '../../../shared/service/open-archive.ts';
import { BUDGET, costOf } from '../../../shared/workbench/cost.ts';
import { draftOf, textOf } from '../../../shared/workbench/draft-text.ts';
import { openDrafts } from '../../../shared/workbench/preview.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { LIMITS } from '../limits.ts';
import { conflict, notFound, type Problem, refused, tooMany } from '../problem.ts';
import { libraryOf } from './library-of.ts';
import { noRule } from './read.ts';

/** All rules saved by command or console together may cost so many times what one may. */
const TOGETHER = 20;

/** Saves a draft as the next version of a rule. */
export const saveRule: Handler<'saveRule'> = async ({ ground, params, body, now }) => {
  const { draft, expected, replaces } = body;
  if (draft.id !== params.id) {
    const message = `expected ${params.id}, which the address names, found ${draft.id}`;
    return failure(refused(message, [{ field: 'body.draft.id', message }]));
  }
  const all = await listRules(ground.records);
  const standing = all.find(({ id, state }) => id === draft.id && state !== 'deleted');
  if (standing?.origin === 'file') return failure(readOnly(draft.id));
  const objection = await objectionTo(ground, draft, all);
  if (objection !== null) return failure(objection);
  const text = textOf(draft, standing?.text ?? null);
  const outcome = await putRule(await editGround(ground, now), text, expected, replaces);
  return await answered(ground, outcome, { id: draft.id, yours: { version: expected, draft } });
};

/** Saves an earlier version again, of a deleted rule too. */
export const restoreRule: Handler<'restoreRule'> = async ({ ground, params, body, now }) => {
  const { id } = params;
  const versions = await listRuleVersions(ground.records, id);
  if (versions.length === 0) return failure(notFound(noRule(id)));
  const wanted = versions.find(({ version }) => version === body.version);
  if (wanted === undefined) return failure(notFound(`${id} has no version ${body.version}`));
  const all = await listRules(ground.records);
  const before = all.find((one) => one.id === id);
  if (before?.origin === 'file' && before.state !== 'deleted') return failure(readOnly(id));
  const draft = draftOf(wanted.text);
  if (draft === null) return failure(refused(`version ${body.version} cannot be read as one rule`));
  const objection = await objectionTo(ground, draft, all);
  if (objection !== null) return failure(objection);
  // What a deleted copy stood for is restored with it, unless that is gone.
  const target = all.find((one) => one.id === before?.replaces && one.state !== 'deleted');
  const outcome = await putRule(await editGround(ground, now), wanted.text, body.expected, target?.id);
  return await answered(ground, outcome, { id, yours: { version: body.expected, draft } });
};

/** Deletes a rule that was saved by command or console. */
export const deleteRule: Handler<'deleteRule'> = async ({ ground, params, query, now }) => {
  const { id } = params;
  const standing = await standingRule(ground, id);
  if (standing === undefined) return failure(notFound(noRule(id)));
  if (standing.origin === 'file') return failure(readOnly(id));
  const expected = Number(query.expected);
  const outcome = await setRuleState(await editGround(ground, now), { id, state: 'deleted', expected });
  return done(await answered(ground, outcome, { id, yours: { version: expected, state: 'deleted' } }));
};

/** Enables or disables a rule, one from a file too: a deploy leaves that as it is. */
export const switchRule: Handler<'switchRule'> = async ({ ground, params, body, now }) => {
  const { id } = params;
  if ((await standingRule(ground, id)) === undefined) return failure(notFound(noRule(id)));
  const state = body.enabled ? 'enabled' : 'disabled';
  const { expected } = body;
  const outcome = await setRuleState(await editGround(ground, now), { id, state, expected });
  return done(await answered(ground, outcome, { id, yours: { version: expected, state } }));
};

async function standingRule({ records }: ApiGround, id: string): Promise<RuleDefinition | undefined> {
  return (await listRules(records)).find((one) => one.id === id && one.state !== 'deleted');
}

/** Rules name whatever is stored, declared or not. */
async function editGround(ground: ApiGround, now: number): Promise<EditGround> {
  const { records, calendar, load, observations } = ground;
  const declared = await storedInstruments(observations, ground.market);
  const { market } = await readMarket(observations, declared);
  return { records, calendar, load, market, now };
}

/** What speaks against a text whatever stands: its errors, its cost, or that there are too many. */
async function objectionTo(
  ground: ApiGround,
  draft: Draft,
  all: readonly RuleDefinition[],
): Promise<Problem | null> {
  const own = all.filter(({ id, origin, state }) => {
    return origin === 'command' && state !== 'deleted' && id !== draft.id;
  });
  if (own.length >= LIMITS.rules) {
    return tooMany(`${LIMITS.rules} rules are saved here already: delete one that nobody needs`);
  }
  const { shelf, opened } = await openDrafts(libraryOf(ground), [draft]);
  const { rule = null, findings = [] } = opened[0] ?? {};
  if (rule === null) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    return refused(
      `${draft.id} has errors: ${errors[0]?.message ?? 'it cannot be evaluated'}`,
      errors.map(({ field, message }) => {
        return { field: field === null ? 'body.draft' : `body.draft.${field}`, message };
      }),
    );
  }
  const { snapshot } = shelf.context;
  const others = own.flatMap(({ id }) => shelf.rules.get(id) ?? []);
  const total = [rule, ...others].reduce((sum, one) => sum + costOf(one, snapshot).total, 0);
  return total <= TOGETHER * BUDGET
    ? null
    : tooMany('the rules saved here would together be too expensive to evaluate: delete or simplify one');
}

function readOnly(id: string): Problem {
  return {
    ...{ status: 403, code: 'read-only', title: 'Read-only here' },
    detail: `${id} comes from a rules file, and the next deploy would undo an edit: copy it, and edit the copy`,
  };
}

/** What became of an edit, as the API says it; a conflict shows what stands and what was sent. */
async function answered(
  { records }: ApiGround,
  outcome: EditOutcome,
  { id, yours }: { readonly id: string; readonly yours: unknown },
): Promise<Result<{ id: string; version: number; outcome: 'saved' | 'unchanged' }, Problem>> {
  switch (outcome.kind) {
    case 'saved':
    case 'unchanged':
      return success({ id, version: outcome.definition.version, outcome: outcome.kind });
    case 'refused':
      return failure(refused([outcome.reason, ...outcome.findings.map(({ message }) => message)].join(': ')));
    case 'conflict': {
      const stands = (await listRules(records)).find((one) => one.id === id);
      return failure(
        conflict(
          outcome.version === 0
            ? `there is no rule ${id}, or it was deleted meanwhile`
            : `${id} was changed by somebody else: version ${outcome.version} stands now`,
          { current: currentOf(stands), yours },
        ),
      );
    }
  }
}

function currentOf(stands: RuleDefinition | undefined): unknown {
  if (stands === undefined || stands.state === 'deleted')
    return { version: 0, state: 'deleted', draft: null };
  const { version, state, text, savedAt } = stands;
  return { version, state, savedAt, text, draft: draftOf(text) };
}

function done(result: Result<unknown, Problem>): Result<{ done: true }, Problem> {
  return result.ok ? success({ done: true }) : result;
}
