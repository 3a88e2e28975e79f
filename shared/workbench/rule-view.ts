import type * as z from 'zod/mini';
import { frameOf } from '../alerts/compose.ts';
import type { Style } from '../alerts/message/render.ts';
import type { RuleView as RuleAnswer, ruleSummary } from '../api/rules.ts';
import type { Subscription } from '../ports/delivery.ts';
import type { RuleDefinition } from '../service/rule-book.ts';
import { speakersInstead } from '../service/replacing.ts';
import { audienceOf } from './audience.ts';
import { courseOf, recentOf } from './course.ts';
import { draftOf } from './draft-text.ts';
import { evidenceOf } from './evidence-now.ts';
import type { Shelf } from './library.ts';
import { messageOf } from './message-preview.ts';
import { explainedOf, groundOf, lints } from './preview.ts';
import { readDraft } from './read-draft.ts';
import { type Standing, standingOf, type Viewed, viewRule } from './standing.ts';

export type RuleSummary = z.infer<typeof ruleSummary>;

/** Every rule and where it stands, by id; deleted ones only where they are asked for. */
export function summariesOf(shelf: Shelf, which: 'present' | 'all' = 'present'): RuleSummary[] {
  const muted = speakersInstead([...shelf.definitions.values()]);
  return [...shelf.definitions.values()]
    .filter(({ state }) => which === 'all' || state !== 'deleted')
    .map((one) => summaryOf(shelf, one, muted.get(one.id) ?? null));
}

function summaryOf(shelf: Shelf, definition: RuleDefinition, mutedBy: string | null): RuleSummary {
  const { id, version, origin, state, text, replaces } = definition;
  const rule = shelf.rules.get(id);
  const draft = rule === undefined ? draftOf(text) : null;
  const standing = standingOf(shelf, definition);
  const viewed = viewedOf(shelf, definition, standing);
  return {
    id,
    title: rule?.title ?? draft?.title ?? id,
    ...{ origin, version, mutedBy, standing },
    enabled: state === 'enabled',
    severity: rule?.severity ?? draft?.severity ?? 'notice',
    tags: [...(rule?.tags ?? draft?.tags ?? [])],
    replaces: replaces ?? null,
    words: rule === undefined ? (draft?.when ?? '') : frameOf(rule, shelf.archive).definition.words.condition,
    recent: viewed === null ? { sessions: [], values: [] } : recentOf(viewed),
  };
}

/** The view of a saved rule that can be evaluated; null for any other. A disabled one has a course too. */
function viewedOf(shelf: Shelf, { id }: RuleDefinition, { state }: Standing): Viewed | null {
  const rule = shelf.rules.get(id);
  if (rule === undefined || state === 'broken' || shelf.sessions.length === 0) return null;
  try {
    return viewRule(shelf, rule);
  } catch {
    return null;
  }
}

/** What a rule is shown with beside the shelf. */
export interface RuleViewGround {
  readonly subscriptions: readonly Subscription[];
  readonly style: Style;
}

/** One saved rule with all there is to say of it; null where there is none of that id. */
export function ruleViewOf(shelf: Shelf, id: string, ground: RuleViewGround): RuleAnswer | null {
  const definition = shelf.definitions.get(id);
  if (definition === undefined) return null;
  const muted = speakersInstead([...shelf.definitions.values()]);
  const summary = summaryOf(shelf, definition, muted.get(id) ?? null);
  const rule = shelf.rules.get(id);
  const viewed = viewedOf(shelf, definition, summary.standing);
  const draft = draftOf(definition.text);
  return {
    ...summary,
    ...{ text: definition.text, draft, deleted: definition.state === 'deleted' },
    note: rule?.note ?? draft?.note ?? '',
    canonical: rule?.when.text ?? null,
    resolvesWords: rule === undefined ? null : frameOf(rule, shelf.archive).definition.words.resolvesWhen,
    explained: viewed === null ? null : explainedOf(shelf, viewed),
    course: viewed === null ? null : courseOf(shelf, viewed),
    evidence: rule === undefined ? [] : [...evidenceOf(shelf, rule.evidence)],
    message: viewed === null ? null : messageOf(shelf, viewed, ground.style),
    audience: audienceOf({ id, severity: summary.severity }, ground.subscriptions),
    findings: [
      ...(draft === null ? [] : readDraft(draft, groundOf(shelf)).findings),
      ...(viewed === null ? [] : lints(viewed)),
    ],
  };
}
