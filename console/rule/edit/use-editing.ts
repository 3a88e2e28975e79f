import { useMemo, useState } from 'preact/hooks';
import type { Draft } from '../../../shared/api/rules.ts';
import type { Difference } from '../firings-diff.tsx';
import type { Finding } from '../findings.tsx';
import { draftOf, type Form, formOf, idFrom, type Misfit, misfits } from './form.ts';
import { keep, kept } from './guard.ts';
import { type Live, useDifference, usePreview } from './use-preview.ts';
import { type Saving, useSave } from './use-save.ts';

/** What an edit begins with. */
export interface Start {
  /** Under which unsaved changes are kept. */
  readonly name: string;
  readonly form: Form;
  /** The draft the form was made from; null for a new rule. */
  readonly draft: Draft | null;
  /** The version it was made from; 0 for a rule that is not there yet. */
  readonly expected: number;
  readonly replaces: string | null;
  readonly title: string;
}

/** An edit under way. */
export interface Edit {
  readonly base: Start;
  readonly form: Form;
  /** Whether there is something unsaved. */
  readonly dirty: boolean;
  readonly misfits: readonly Misfit[];
  readonly findings: readonly Finding[];
  readonly live: Live;
  readonly difference: Difference | null;
  readonly saving: Saving;
  /** Why it cannot be saved as it is; null where it can. */
  readonly blocked: string | null;
  /** Unsaved changes of an earlier visit; null where there are none. */
  readonly found: Form | null;
  readonly set: <Key extends keyof Form>(key: Key, value: Form[Key]) => void;
  readonly replace: (form: Form) => void;
  /** Says what is to become of the unsaved changes that were found. */
  readonly settleFound: (answer: 'take' | 'drop') => void;
  /** Saves over a version, the one it was made from where none is named. */
  readonly save: (expected?: number) => void;
  /** Begins again with what somebody else saved. */
  readonly takeTheirs: () => void;
  /** Forgets what is unsaved. */
  readonly discard: () => void;
}

/** Keeps an edit: the form, what the service says of it, and how it is saved. */
export function useEditing(start: Start): Edit {
  const [base, setBase] = useState(start);
  const [form, setForm] = useState(start.form);
  const [found, setFound] = useState(() => differing(kept(start.name), start.form));
  const dirty = JSON.stringify(form) !== JSON.stringify(base.form);
  const wrong = misfits(form);
  const draft = useMemo(() => draftOf(form, base.draft), [form, base]);
  const told = useTold(draft, { base, dirty, readable: wrong.length === 0 && form.when.trim() !== '' });
  const discard = (): void => keep(base.name, null);
  const saving = useSave(base.replaces, () => {
    discard();
    setBase({ ...base, form });
  });
  const replace = (next: Form): void => {
    keep(base.name, next);
    setForm(next);
  };
  const blocked = whyNot(form, told.live.preview?.findings ?? [], wrong);
  return {
    ...{ base, form, dirty, misfits: wrong, ...told, saving, blocked, found, replace, discard },
    set: (key, value) => replace(withIdOf({ ...form, [key]: value }, form, base)),
    settleFound: (answer) => {
      if (answer === 'take' && found !== null) replace(found);
      else discard();
      setFound(null);
    },
    save: (expected = base.expected) => {
      if (blocked === null && !saving.busy) void saving.save(draft, expected);
    },
    takeTheirs: () => {
      const theirs = saving.conflict;
      if (theirs === null || theirs.draft === null) return;
      const next = formOf(theirs.draft);
      setBase({ ...base, form: next, draft: theirs.draft, expected: theirs.version });
      setForm(next);
      discard();
      saving.settle();
    },
  };
}

/** What the service says of a draft: what it would have done, and how that differs from what stands. */
function useTold(
  draft: Draft,
  { base, dirty, readable }: { readonly base: Start; readonly dirty: boolean; readonly readable: boolean },
): { readonly live: Live; readonly difference: Difference | null; readonly findings: readonly Finding[] } {
  const asked = readable ? withStandIns(draft) : null;
  const live = usePreview(asked);
  const sound = live.preview?.course !== undefined && live.preview.course !== null && !live.waiting;
  const compared = base.expected > 0 && dirty && sound ? asked : null;
  const difference = useDifference(compared === null ? null : draft.id, compared);
  const findings = live.preview?.findings ?? [];
  return { live, difference, findings: live.waiting ? findings.filter(isStillSo) : findings };
}

const EXPRESSIONS: readonly (string | null)[] = ['when', 'resolve_when', 'measure'];

/** What may be said of a text that changed since: the language's errors are known here, those of before are past. */
function isStillSo({ field, severity }: Finding): boolean {
  return severity !== 'error' || !EXPRESSIONS.includes(field);
}

/** A draft without a name yet is judged under another one. */
function withStandIns(draft: Draft): Draft {
  return { ...draft, id: draft.id || 'new-rule', title: draft.title || 'New rule' };
}

/** The id of a new rule follows its title until somebody writes another one. */
function withIdOf(next: Form, before: Form, base: Start): Form {
  const follows = base.expected === 0 && base.replaces === null && next.title !== before.title;
  return follows && before.id === idFrom(before.title) ? { ...next, id: idFrom(next.title) } : next;
}

function whyNot(form: Form, findings: readonly Finding[], wrong: readonly Misfit[]): string | null {
  if (form.title.trim() === '') return 'It needs a title.';
  if (form.id.trim() === '') return 'It needs an id.';
  if (form.when.trim() === '') return 'It needs a condition.';
  const failed = wrong.length > 0 || findings.some(({ severity }) => severity === 'error');
  return failed ? 'It has errors, which are shown beside what they are about.' : null;
}

function differing(found: Form | null, from: Form): Form | null {
  return found === null || JSON.stringify(found) === JSON.stringify(from) ? null : found;
}
