import type { Refusal } from '../../adapters/csv/refusal.ts';
import { counted } from './figures.ts';

/** A refusal with its place. */
function refusalText({ file, line, column, reason }: Refusal): string {
  return `${file}:${line}: ${column === '' ? '' : `${column}: `}${reason}`;
}

/** What the reason of a price dated on no session ends with: one such date is refused in every file that has it. */
const NO_SESSION = / is no session$/;

/** Refusals for people, in the order they were found; a date that is no session is told once, with how many cells it took. */
export function refusalLines(refusals: readonly Refusal[]): readonly string[] {
  const byDate = Map.groupBy(
    refusals.filter(({ reason }) => NO_SESSION.test(reason)),
    ({ reason }) => reason,
  );
  return refusals.flatMap((refusal) => {
    const alike = byDate.get(refusal.reason) ?? [refusal];
    if (alike[0] !== refusal) return [];
    return [alike.length === 1 ? refusalText(refusal) : togetherText(refusal, alike)];
  });
}

function togetherText({ reason, file, line }: Refusal, alike: readonly Refusal[]): string {
  const files = new Set(alike.map((one) => one.file)).size;
  const where = files === 1 ? `of ${file}` : `in ${counted(files, 'file')}`;
  return `${reason}: ${counted(alike.length, 'cell')} ${where}, the first at ${file}:${line}`;
}
