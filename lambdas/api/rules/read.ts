import { failure, success } from '../../../shared/result.ts';
import { listRuleVersions } from '../../../shared/service/rule-book.ts';
import { draftOf } from '../../../shared/workbench/draft-text.ts';
import { ruleViewOf, summariesOf } from '../../../shared/workbench/rule-view.ts';
import { styleOf } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { libraryOf } from './library-of.ts';

/** Every rule and where it stands. */
export const rules: Handler<'rules'> = async ({ ground, query }) => {
  const shelf = await libraryOf(ground).open();
  return success({ rules: summariesOf(shelf, query.deleted === undefined ? 'present' : 'all') });
};

/** One rule with its history; deleted ones too. */
export const rule: Handler<'rule'> = async ({ ground, params }) => {
  const shelf = await libraryOf(ground).open();
  const found = ruleViewOf(shelf, params.id, {
    subscriptions: await ground.subscriptions.list(),
    style: styleOf(ground),
  });
  return found === null ? failure(notFound(noRule(params.id))) : success(found);
};

/** Every text saved of a rule, newest first. */
export const ruleVersions: Handler<'ruleVersions'> = async ({ ground, params }) => {
  const versions = await listRuleVersions(ground.records, params.id);
  if (versions.length === 0) return failure(notFound(noRule(params.id)));
  return success({
    versions: versions.toReversed().map(({ version, text, origin, savedAt }) => {
      return { version, text, draft: draftOf(text), origin, savedAt };
    }),
  });
};

/** What is said of an id that names no rule. */
export function noRule(id: string): string {
  return `there is no rule ${id}`;
}
