/**
 * How an evening grows: 1, 10 and 100 times the sessions, the symbols, the rules and the readers, each by itself, every one
 * in a process of its own: `node bench/growth.ts [--json]`. Units and calls are exact; seconds are of this machine.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Size {
  readonly series: number;
  readonly rules: number;
  readonly sessions: number;
  readonly readers: number;
}

interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly memory: number;
  readonly calls: number;
  readonly read: number;
  readonly written: number;
}

const ONE: Size = { series: 60, rules: 14, sessions: 63, readers: 10 };
const TIMES = [1, 10, 100];
const SHOWN = ['ingest', 'evaluate', 'deliver'];

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const EVENING = fileURLToPath(new URL('evening.ts', import.meta.url));

function eveningOf({ series, rules, sessions, readers }: Size): readonly Step[] {
  const args = [EVENING, ...[series, rules, sessions, readers].map(String), '--json'];
  const told = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return told
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Step)
    .filter(({ step }) => SHOWN.includes(step));
}

function tell(dimension: string, size: Size): void {
  for (const { step, seconds, memory, calls, read, written } of eveningOf(size)) {
    if (options.json) {
      console.log(JSON.stringify({ dimension, ...size, step, seconds, memory, calls, read, written }));
      continue;
    }
    const figures = [size.series, size.rules, size.sessions, size.readers, memory, calls, read, written];
    const cells = figures.map((value) => Math.round(value).toLocaleString('en-US').padStart(9));
    console.log(
      `${dimension.padEnd(10)}${step.padEnd(10)}${seconds.toFixed(2).padStart(8)} s${cells.join('')}`,
    );
  }
}

if (!options.json) {
  const heads = ['series', 'rules', 'sessions', 'readers', 'MB', 'calls', 'read', 'written'];
  console.log(`${' '.repeat(30)}${heads.map((head) => head.padStart(9)).join('')}`);
}
tell('one', ONE);
for (const dimension of ['sessions', 'series', 'rules', 'readers'] as const) {
  for (const times of TIMES.slice(1)) tell(dimension, { ...ONE, [dimension]: ONE[dimension] * times });
}
