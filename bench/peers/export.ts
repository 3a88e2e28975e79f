import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { years } from '../data/snapshot.ts';
import { SESSIONS, type Universe } from '../data/universe.ts';
import { differentRules } from '../tasks/rules.ts';

/** Symbols that tasks other than b read: SPY, IWM, QQQ and the members. */
function symbolsOf(universe: Universe): readonly string[] {
  return universe.symbols.slice(0, 3 + universe.members.length);
}

/** A folder of its own, gone with the process. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Writes the data for a contestant in another process: columns of doubles (each symbol, the two multiples, the year)
 * and the rules of task g, one a line.
 */
export function exportTo(folder: string, universe: Universe): { data: string; rules: string } {
  const { small, large } = universe.multiples();
  const columns = [
    ...symbolsOf(universe).map((symbol) => universe.closes(symbol).values),
    small,
    large,
    Float64Array.from(years()),
  ];
  const all = new Float64Array(columns.length * SESSIONS);
  columns.forEach((column, position) => all.set(column, position * SESSIONS));
  const place = new Map(universe.symbols.map((symbol, position) => [symbol, position]));
  const lines = differentRules(universe).map(({ kind, a, b, n, m, threshold }) =>
    [kind[0] === 's' ? kind.slice(0, 2) : kind[0], place.get(a), place.get(b), n, m, threshold].join(' '),
  );
  const data = join(folder, 'data.bin');
  const rules = join(folder, 'rules.txt');
  writeFileSync(data, all);
  writeFileSync(rules, `${lines.join('\n')}\n`);
  return { data, rules };
}
