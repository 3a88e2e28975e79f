import { dependencyOrder } from './dependencies.ts';
import { type Draft } from './draft.ts';
import { problem } from './finding.ts';
import type { Rule } from './rule.ts';
import { offsetOf } from './yaml-document.ts';

/** The first rule of an id keeps it. */
export function reportDuplicates(drafts: readonly Draft[]): void {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    if (draft.id === null) continue;
    const earlier = first.get(draft.id);
    if (earlier === undefined) {
      first.set(draft.id, draft);
      continue;
    }
    const { line } = earlier.place(offsetOf(earlier.root, [...earlier.base, 'id']));
    const message = `\`id\`: expected a new id, found ${draft.id}, which ${earlier.file.file} has on line ${line}`;
    draft.problems.push(problem(offsetOf(draft.root, [...draft.base, 'id']), 'duplicate-rule', message));
  }
}

/** Rules that wait for each other can never be evaluated: each of them is refused. */
export function refuseCircles(read: Map<Draft, Rule>): void {
  const { circles } = dependencyOrder(new Map([...read.values()].map((rule) => [rule.id, rule.dependsOn])));
  for (const circle of circles) {
    const members = new Set(circle);
    const way = [...circle, circle[0]].join(' → ');
    for (const [draft, rule] of read) {
      if (!members.has(rule.id)) continue;
      refuse(read, draft, 'firing-circle', `rules must not wait for each other: ${way}`);
    }
  }
}

/** A rule that needs a refused one is refused too, and so on. */
export function refuseDependents(read: Map<Draft, Rule>, others: ReadonlySet<string>): void {
  const ids = new Set([...others, ...[...read.values()].map(({ id }) => id)]);
  const neededBy = new Map<string, Draft[]>();
  for (const [draft, { dependsOn }] of read) {
    for (const id of dependsOn) {
      const needing = neededBy.get(id);
      if (needing === undefined) neededBy.set(id, [draft]);
      else needing.push(draft);
    }
  }
  const missing = [...neededBy.keys()].filter((id) => !ids.has(id));
  for (const id of missing) {
    for (const draft of neededBy.get(id) ?? []) {
      const rule = read.get(draft);
      if (rule === undefined) continue;
      refuse(read, draft, 'broken-rule', `it needs ${id}, which has errors`);
      missing.push(rule.id);
    }
  }
}

function refuse(read: Map<Draft, Rule>, draft: Draft, code: string, message: string): void {
  read.delete(draft);
  draft.problems.push(problem(offsetOf(draft.root, [...draft.base, 'when']), code, message));
}
