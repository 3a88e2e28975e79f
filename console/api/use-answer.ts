import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ProblemDetails } from '../../shared/api/common.ts';
import type { Answer, RouteId } from '../../shared/api/routes.ts';
import { call, type CallArguments, type Outcome } from './client.ts';

/** What a page that asked for something shows: that it waits, what was wrong, or the answer. */
export type Asked<Value> =
  | { readonly kind: 'waiting'; readonly again: () => void }
  | { readonly kind: 'failed'; readonly problem: ProblemDetails; readonly again: () => void }
  | {
      readonly kind: 'ready';
      readonly value: Value;
      /** Whether a newer answer is on its way. */
      readonly refreshing: boolean;
      /** Asks again; what is shown stays until the answer is there. */
      readonly again: () => void;
    };

interface Held<Value> {
  readonly outcome: Outcome<Value> | null;
  readonly of: string;
}

/**
 * Asks a route when a page is shown, and again where what is asked for changes; an earlier question is given up. While
 * a new answer to a changed question is under way the old one stays, marked as refreshing.
 */
export function useAnswer<Id extends RouteId>(id: Id, ...args: CallArguments<Id>): Asked<Answer<Id>> {
  const question = JSON.stringify([id, args]);
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<Held<Answer<Id>>>({ outcome: null, of: '' });
  const latest = useRef(args);
  latest.current = args;
  const of = `${question} ${round}`;
  useEffect(() => {
    const stop = new AbortController();
    const withSignal = [{ ...latest.current[0], signal: stop.signal }] as unknown as CallArguments<Id>;
    void call(id, ...withSignal).then((outcome) => {
      if (!stop.signal.aborted) setHeld({ outcome, of });
    });
    return () => stop.abort();
  }, [id, of]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const { outcome } = held;
  if (outcome === null) return { kind: 'waiting', again };
  if (!outcome.ok) {
    return held.of === of ? { kind: 'failed', problem: outcome.problem, again } : { kind: 'waiting', again };
  }
  return { kind: 'ready', value: outcome.value, refreshing: held.of !== of, again };
}

/** A write as a form needs it. */
export interface Write<Id extends RouteId> {
  /** Sends it; a write sent while another one is under way waits for nobody, so forms look at `busy`. */
  readonly send: (...args: CallArguments<Id>) => Promise<Outcome<Answer<Id>>>;
  readonly busy: boolean;
  /** What was wrong with the last one; null where nothing was. */
  readonly problem: ProblemDetails | null;
  /** Forgets what was wrong. */
  readonly clear: () => void;
}

/** Sends writes to a route and says how the last one stands. */
export function useWrite<Id extends RouteId>(id: Id): Write<Id> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails | null>(null);
  const send = useCallback(
    async (...args: CallArguments<Id>): Promise<Outcome<Answer<Id>>> => {
      setBusy(true);
      setProblem(null);
      const outcome = await call(id, ...args);
      setBusy(false);
      if (!outcome.ok) setProblem(outcome.problem);
      return outcome;
    },
    [id],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { send, busy, problem, clear };
}
