import type { Instant } from '../../shared/calendar/calendar.ts';
import {
  backfill,
  type BackfillBudget,
  type BackfillGround,
  type BackfillProgress,
  type BackfillReport,
} from '../../shared/service/backfill.ts';
import { keepRun } from '../../shared/service/report.ts';
import type { Context } from '../context.ts';

const CLEAR_LINE = '\r\u001B[K';
/** Where progress cannot be written over, so many lines are told of the whole. */
const LINES = 10;

/** Lasts so many milliseconds, for ever where none are said, or until the signal. */
export function budgetUntil(
  signal: AbortSignal,
  clock: () => Instant,
  milliseconds = Number.POSITIVE_INFINITY,
): BackfillBudget {
  const end = clock() + milliseconds;
  return {
    steps: Number.POSITIVE_INFINITY,
    get until() {
      return signal.aborted ? Number.NEGATIVE_INFINITY : end;
    },
  };
}

/** Fills history within a budget, tells on standard error how far it has come, and keeps what it came to. */
export async function fillHistory(
  context: Context,
  ground: Omit<BackfillGround, 'progress'>,
  budget: BackfillBudget,
): Promise<BackfillReport> {
  const { progress, end } = progressOn(context);
  const report = await backfill({ ...ground, progress }, budget);
  end(report);
  await keepRun(ground.records, report, ground.clock());
  return report;
}

interface Progress {
  readonly progress: (step: BackfillProgress) => void;
  readonly end: (report: BackfillReport) => void;
}

function progressOn({ err }: Context): Progress {
  let begun = false;
  let told = -1;
  const progress = (step: BackfillProgress): void => {
    if (step.group === null) return;
    begun = true;
    const tenth = Math.floor((step.done / step.of) * LINES);
    if (err.terminal) err.write(`${CLEAR_LINE}${err.paint('dim', textOf(step).slice(0, err.columns - 1))}`);
    else if (tenth !== told) err.write(`${textOf(step)}\n`);
    told = tenth;
  };
  const end = ({ state, done, of }: BackfillReport): void => {
    if (!begun) return;
    const rest = { done: 'complete', more: 'goes on later', waiting: 'the rest waits for a source' }[state];
    err.write(`${err.terminal ? CLEAR_LINE : ''}history: ${done} of ${of} steps, ${rest}\n`);
  };
  return { progress, end };
}

function textOf({ done, of, source, from, to }: BackfillProgress): string {
  const stretch = from === null || to === null ? '' : `, ${from} to ${to}`;
  return `history: ${done} of ${of} steps, ${source}${stretch} …`;
}
