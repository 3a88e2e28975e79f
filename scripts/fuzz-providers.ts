import { fuzzOnce } from '../test/adapters/providers/fuzz/judge.ts';

const USAGE = 'usage: npm run fuzz:providers [-- BODIES [FIRST_SEED]]\n';
const BODIES = 100_000;
const SHOWN_PROBLEMS = 20;

const [first = String(BODIES), second = '1'] = process.argv.slice(2);
const [bodies, from] = [Number(first), Number(second)];
if (!(bodies > 0 && Number.isInteger(from))) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = runMany(bodies, from);
}

function runMany(count: number, start: number): number {
  let accepted = 0;
  const problems: string[] = [];
  for (let seed = start; seed < start + count; seed += 1) {
    const outcome = fuzzOnce(seed);
    accepted += outcome.accepted;
    problems.push(...outcome.problems);
  }
  process.stdout.write(
    `${count} bodies from seed ${start}: ${accepted} values accepted, ${problems.length} of them bad\n`,
  );
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) process.stdout.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}
