import { useEffect, useState } from 'preact/hooks';
import type { ProblemDetails } from '../../../shared/api/common.ts';
import type { Draft, Preview } from '../../../shared/api/rules.ts';
import { call, type Outcome } from '../../api/client.ts';
import type { Course } from '../course.tsx';
import type { Difference } from '../firings-diff.tsx';

/** What is known of a draft while it is being typed. */
export interface Live {
  /** The last answer; null before the first. */
  readonly preview: Preview | null;
  /** The last course there was; it stays on the page while the draft has errors. */
  readonly course: Course | null;
  /** What that course measures, as text. */
  readonly measure: string;
  /** Whether the answer is about an earlier text. */
  readonly waiting: boolean;
  readonly problem: ProblemDetails | null;
}

const NOTHING: Live = { preview: null, course: null, measure: '', waiting: false, problem: null };
const PAUSE_MS = 150;

/**
 * Asks what a draft would have done, a moment after the last change; a question that a newer draft makes pointless is
 * given up. Null asks nothing.
 */
export function usePreview(draft: Draft | null): Live {
  const [live, setLive] = useState<Live>(NOTHING);
  const question = draft === null ? null : JSON.stringify(draft);
  useEffect(() => {
    if (question === null) {
      setLive((before) => ({ ...before, waiting: false, problem: null }));
      return;
    }
    setLive((before) => ({ ...before, waiting: true }));
    return later(PAUSE_MS, async (signal) => {
      const outcome = await call('previewRule', { body: { draft: JSON.parse(question) as Draft }, signal });
      if (signal.aborted) return;
      setLive((before) => told(before, outcome, JSON.parse(question) as Draft));
    });
  }, [question]);
  return live;
}

function told(before: Live, outcome: Outcome<Preview>, draft: Draft): Live {
  if (!outcome.ok) return { ...before, waiting: false, problem: outcome.problem };
  const preview = outcome.value;
  const drawn =
    preview.course === null
      ? {}
      : { course: preview.course, measure: draft.measure ?? preview.canonical ?? draft.when };
  return { ...before, ...drawn, preview, waiting: false, problem: null };
}

const LONGER_PAUSE_MS = 500;

/** How the firings of a draft differ from those of the version that stands; null where nobody asks or knows yet. */
export function useDifference(id: string | null, draft: Draft | null): Difference | null {
  const [difference, setDifference] = useState<Difference | null>(null);
  const question = id === null || draft === null ? null : JSON.stringify(draft);
  useEffect(() => {
    if (id === null || question === null) {
      setDifference(null);
      return;
    }
    return later(LONGER_PAUSE_MS, async (signal) => {
      const body = { draft: JSON.parse(question) as Draft };
      const outcome = await call('compareDraft', { params: { id }, body, signal });
      if (!signal.aborted) setDifference(outcome.ok ? outcome.value : null);
    });
  }, [id, question]);
  return difference;
}

/** Does something after a pause; what it returns calls it off, also while it is under way. */
function later(pause: number, act: (signal: AbortSignal) => Promise<void>): () => void {
  const stop = new AbortController();
  const timer = setTimeout(() => void act(stop.signal), pause);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}
