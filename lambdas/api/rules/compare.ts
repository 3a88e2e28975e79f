import type { Draft } from '../../../shared/api/rules.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { listRuleVersions } from '../../../shared/service/rule-book.ts';
import { draftOf } from '../../../shared/workbench/draft-text.ts';
import { diffOf, type FiringsDiff } from '../../../shared/workbench/firings-diff.ts';
import { openDrafts } from '../../../shared/workbench/preview.ts';
import { viewRule } from '../../../shared/workbench/standing.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { notFound, type Problem, refused } from '../problem.ts';
import { libraryOf } from './library-of.ts';
import { noRule } from './read.ts';

/** How the firings of two saved versions differ. */
export const ruleDiff: Handler<'ruleDiff'> = async ({ ground, params, query }) => {
  const versions = await listRuleVersions(ground.records, params.id);
  if (versions.length === 0) return failure(notFound(noRule(params.id)));
  const [from, to] = [Number(query.from), Number(query.to)];
  const textOf = (wanted: number): string | undefined =>
    versions.find(({ version }) => version === wanted)?.text;
  const missing = [from, to].find((wanted) => textOf(wanted) === undefined);
  if (missing !== undefined) return failure(notFound(`${params.id} has no version ${missing}`));
  const [before, after] = [draftOf(textOf(from) ?? ''), draftOf(textOf(to) ?? '')];
  if (before === null || after === null)
    return failure(refused(`version ${before === null ? from : to} cannot be read as one rule`));
  return await compared(ground, { version: from, draft: before }, { version: to, draft: after });
};

/** How the firings of a draft differ from those of the version that stands. */
export const compareDraft: Handler<'compareDraft'> = async ({ ground, params, body }) => {
  const shelf = await libraryOf(ground).open();
  const definition = shelf.definitions.get(params.id);
  if (definition === undefined || definition.state === 'deleted') return failure(notFound(noRule(params.id)));
  const before = draftOf(definition.text);
  if (before === null) return failure(refused(`${params.id} as it stands cannot be read as one rule`));
  return await compared(
    ground,
    { version: definition.version, draft: before },
    { version: null, draft: body.draft },
  );
};

interface Text<Version extends number | null> {
  readonly version: Version;
  readonly draft: Draft;
}

async function compared(
  ground: ApiGround,
  before: Text<number>,
  after: Text<number | null>,
): Promise<Result<FiringsDiff, Problem>> {
  const { shelf, opened } = await openDrafts(libraryOf(ground), [before.draft, after.draft]);
  const [old, made] = opened;
  for (const [side, one] of [
    [before, old],
    [after, made],
  ] as const) {
    if (one === undefined || one.rule !== null) continue;
    const name = side.version === null ? 'the draft' : `version ${side.version}`;
    const errors = one.findings.filter(({ severity }) => severity === 'error');
    return failure(
      refused(
        `${name} cannot be evaluated: ${errors[0]?.message ?? 'it has errors'}`,
        errors.map(({ field, message }) => ({ field: `draft.${field ?? ''}`, message })),
      ),
    );
  }
  const [first, second] = [old?.rule ?? null, made?.rule ?? null];
  if (first === null || second === null) return failure(refused('there is nothing to compare'));
  return success(
    diffOf({ ...before, viewed: viewRule(shelf, first) }, { ...after, viewed: viewRule(shelf, second) }),
  );
}
