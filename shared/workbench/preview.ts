import { frameOf } from '../alerts/compose.ts';
import type { Style } from '../alerts/message/render.ts';
import type { Draft, Preview } from '../api/rules.ts';
import type { Subscription } from '../ports/delivery.ts';
import { lintOnHistory } from '../rules/lint.ts';
import type { Rule } from '../rules/rule.ts';
import { audienceOf } from './audience.ts';
import { BUDGET, type Cost, costOf, timesBudget } from './cost.ts';
import { courseOf } from './course.ts';
import { explain } from './explained.ts';
import type { Library, Shelf } from './library.ts';
import { messageOf } from './message-preview.ts';
import { type DraftFinding, readDraft } from './read-draft.ts';
import { standingAt, type Viewed, viewRule } from './standing.ts';

/** Everything a preview says but how long it took. */
export type DraftPreview = Omit<Preview, 'took'>;

/** What a preview stands on. */
export interface PreviewGround {
  readonly library: Library;
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  readonly style: Style;
}

/** A draft as a rule that may be evaluated; null where it has errors or is too dear, which its findings say. */
export interface OpenedDraft {
  readonly rule: Rule | null;
  readonly findings: readonly DraftFinding[];
}

/** Drafts read against one shelf that has what they read. */
export interface OpenedDrafts {
  readonly shelf: Shelf;
  readonly opened: readonly OpenedDraft[];
}

/** Opens drafts over one shelf. Nothing further is read for one that is refused. */
export async function openDrafts(library: Library, drafts: readonly Draft[]): Promise<OpenedDrafts> {
  const shelf = await library.openFor((one) => drafts.flatMap((draft) => openOn(one, draft).rule ?? []));
  return { shelf, opened: drafts.map((draft) => openOn(shelf, draft)) };
}

function openOn(shelf: Shelf, draft: Draft): OpenedDraft {
  const { rule, findings } = readDraft(draft, groundOf(shelf));
  if (rule === null) return { rule, findings };
  const cost = costOf(rule, shelf.context.snapshot);
  return cost.total <= BUDGET
    ? { rule, findings }
    : { rule: null, findings: [...findings, tooExpensive(cost)] };
}

/** What a draft is read among. */
export function groundOf({ stored, rules, definitions }: Shelf): Parameters<typeof readDraft>[1] {
  const present = [...definitions.values()].filter(({ state }) => state !== 'deleted');
  const broken = new Set(present.flatMap(({ id }) => (rules.has(id) ? [] : [id])));
  return { market: stored.market, rules, broken };
}

function tooExpensive({ total, dearest }: Cost): DraftFinding {
  return {
    ...{ field: 'when', code: 'too-expensive', severity: 'error', line: 1, column: 1, fix: null },
    message:
      `evaluating this over all history costs ${timesBudget(total)} a draft may; what costs most is ${dearest}: ` +
      'use a shorter expression, fewer members or a cheaper function',
  };
}

/** What a draft is and would have done over everything stored. */
export async function previewDraft(ground: PreviewGround, draft: Draft): Promise<DraftPreview> {
  const { shelf, opened } = await openDrafts(ground.library, [draft]);
  const { rule = null, findings = [] } = opened[0] ?? {};
  if (rule === null) return { findings: [...findings], ...NOTHING };
  const words = frameOf(rule, shelf.archive).definition.words.condition;
  const audience = audienceOf(rule, await ground.subscriptions());
  if (shelf.sessions.length === 0) {
    return { findings: [...findings], ...NOTHING, canonical: rule.when.text, words, audience };
  }
  const viewed = viewRule(shelf, rule);
  return {
    findings: [...findings, ...lints(viewed)],
    canonical: rule.when.text,
    words,
    explained: explainedOf(shelf, viewed),
    standing: standingAt(viewed),
    course: courseOf(shelf, viewed),
    message: messageOf(shelf, viewed, ground.style),
    audience,
  };
}

const NOTHING = {
  ...{ canonical: null, words: null, explained: null, standing: null },
  ...{ course: null, message: null, audience: null },
} as const;

/** The condition of a viewed rule part by part, on the last session. */
export function explainedOf(shelf: Shelf, { rule, context, sessions }: Viewed, index = sessions.length - 1) {
  const scope = { market: shelf.stored.market, rules: new Set([...shelf.rules.keys(), rule.id]) };
  return explain(rule.when.text, { engine: context.engine, index, scope });
}

/** What the stored history says against a rule. */
export function lints({ rule, context, view }: Viewed): readonly DraftFinding[] {
  const place = { file: '', line: 1, column: 1 };
  return lintOnHistory(rule, place, context.engine, view.verdicts).map(
    ({ code, severity, line, column, message, fix }) => {
      return { field: 'when', code, severity, line, column, message, fix };
    },
  );
}
