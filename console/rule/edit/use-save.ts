import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { ProblemDetails } from '../../../shared/api/common.ts';
import type { Draft } from '../../../shared/api/rules.ts';
import { call } from '../../api/client.ts';
import { useWrite } from '../../api/use-answer.ts';
import { toast } from '../../parts/toast.tsx';
import { ruleAddress } from '../marks.tsx';
import type { Standing } from './conflict.tsx';

/** How a draft is saved, and how that stands. */
export interface Saving {
  readonly busy: boolean;
  readonly problem: ProblemDetails | null;
  /** What stands now, where somebody saved in between; null where nobody did. */
  readonly conflict: Standing | null;
  /** Saves a draft over the version it was made from, 0 for a new rule. */
  readonly save: (draft: Draft, expected: number) => Promise<void>;
  /** Ends the question about the conflict. */
  readonly settle: () => void;
}

const TAKEN: ProblemDetails = {
  type: 'https://tidemark.invalid/problems/taken',
  code: 'taken',
  title: 'There is a rule of this id',
  status: 409,
  detail: 'Choose another id: a new rule takes no other rule’s place.',
};

/** Saves drafts; `saved` is told before the page of the rule is shown. */
export function useSave(replaces: string | null, saved: () => void): Saving {
  const write = useWrite('saveRule');
  const { route } = useLocation();
  const [conflict, setConflict] = useState<Standing | null>(null);
  const [taken, setTaken] = useState(false);
  const save = async (draft: Draft, expected: number): Promise<void> => {
    setTaken(false);
    const body = { draft, expected, ...(replaces === null ? {} : { replaces }) };
    const outcome = await write.send({ params: { id: draft.id }, body });
    if (outcome.ok) {
      saved();
      toast(said(draft.title, outcome.value));
      setConflict(null);
      route(ruleAddress(draft.id));
      return;
    }
    if (outcome.problem.status !== 409) return;
    const now = await call('rule', { params: { id: draft.id } });
    if (expected === 0) setTaken(true);
    else if (now.ok) {
      setConflict(now.value);
      write.clear();
    }
  };
  return {
    busy: write.busy,
    problem: taken ? TAKEN : write.problem,
    conflict,
    save,
    settle: () => setConflict(null),
  };
}

function said(
  title: string,
  { outcome, version }: { readonly outcome: 'saved' | 'unchanged'; readonly version: number },
): string {
  return outcome === 'unchanged'
    ? `“${title}” is as it was: nothing in it changed.`
    : `“${title}” is saved as version ${version}. It takes effect on the next session.`;
}
