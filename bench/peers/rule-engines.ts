import type { Snapshot } from '../../shared/series/snapshot.ts';
import type { Scope } from '../../shared/expression/scope.ts';
import type { Contestant } from '../tasks/contestant.ts';
import { checked, engineOver } from '../tasks/engine.ts';
import { load } from './load.ts';

// Task a in engines for rules. They know no streak, so they are given it and decide `streak >= 7` on every session.

interface JsonRules {
  readonly Engine: new (
    rules: readonly unknown[],
  ) => {
    run(facts: { streak: number }): Promise<{ readonly events: readonly unknown[] }>;
  };
}

interface Cel {
  readonly celEnv: () => unknown;
  readonly parse: (text: string) => unknown;
  readonly plan: (environment: unknown, parsed: unknown) => (facts: { streak: number }) => unknown;
}

const NOTE = 'is given the streaks and decides on each session only';

function streaks(snapshot: Snapshot, scope: Scope): readonly number[] {
  const { expression } = checked('streak(ret(IWM) > ret(SPY))', scope);
  return [...engineOver(snapshot).numbers(expression)].map((run) => (Number.isNaN(run) ? 0 : run));
}

export async function jsonRulesEngine(snapshot: Snapshot, scope: Scope): Promise<Contestant> {
  const { Engine } = await load<JsonRules>('json-rules-engine');
  const runs = streaks(snapshot, scope);
  const conditions = { all: [{ fact: 'streak', operator: 'greaterThanInclusive', value: 7 }] };
  const engine = new Engine([{ conditions, event: { type: 'fires' } }]);
  return {
    name: 'json-rules-engine',
    note: NOTE,
    run: async () => {
      let all = 0;
      for (const streak of runs) all += (await engine.run({ streak })).events.length;
      return { checksum: { all } };
    },
  };
}

export async function cel(snapshot: Snapshot, scope: Scope): Promise<Contestant> {
  const { celEnv, parse, plan } = await load<Cel>('@bufbuild/cel');
  const runs = streaks(snapshot, scope);
  const decide = plan(celEnv(), parse('streak >= 7.0'));
  return {
    name: 'cel',
    note: NOTE,
    run: () => {
      let all = 0;
      for (const streak of runs) all += +(decide({ streak }) === true);
      return { checksum: { all } };
    },
  };
}
