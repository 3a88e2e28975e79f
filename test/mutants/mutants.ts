/** A fault to plant: the text of one file is changed, and a test must fail that did not before. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The test files to run. */
  readonly tests: readonly string[];
  /** Part of the full name of a test that must be among those that fail. */
  readonly caughtBy: string;
}

/** The faults, each of a kind that somebody could make. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a dropped condition: sessions are released before they are complete',
    file: 'shared/service/ingest.ts',
    find: 'if (reasons.length > 0 && run.now < instantOn(session, releaseMinute)) {',
    replace: 'if (reasons.length > 0 && run.now < 0) {',
    tests: ['test/service/ingest.test.ts'],
    caughtBy: 'waits for a price that a rule names',
  },
  {
    name: 'a swallowed error: what could not be stored counts as stored',
    file: 'shared/service/ingest.ts',
    find: 'await run.ground.observations.record(batch, now);',
    replace:
      'await run.ground.observations.record(batch, now).catch(() => ({ accepted: 0, revised: 0, unchanged: 0 }));',
    tests: ['test/service/ingest.test.ts', 'test/service/simulation.test.ts'],
    caughtBy: 'releases nothing where the store fails',
  },
  {
    name: 'an alert is marked as sent before it is published',
    file: 'shared/service/publish.ts',
    find: 'const published = await publish(run, { key: alert.id, message, attributes }, attempts);',
    replace:
      "await ground.alerts.settle(alert.id, ground.owner, { kind: 'sent', at: now, publishId: '', attempts });\n  const published = await publish(run, { key: alert.id, message, attributes }, attempts);",
    tests: ['test/service/deliver.test.ts', 'test/service/simulation.test.ts'],
    caughtBy: 'loses no alert',
  },
  {
    name: 'a running lease does not keep others from publishing a digest',
    file: 'shared/service/publish.ts',
    find: "before.kind === 'unsent' || (before.kind === 'claimed' && before.until < now)",
    replace: "before.kind === 'unsent' || before.kind === 'claimed'",
    tests: ['test/service/simulation.test.ts'],
    caughtBy: 'loses no alert',
  },
  {
    name: 'second publishes are not counted',
    file: 'shared/service/publish.ts',
    find: 'if (attempts > 1) {',
    replace: 'if (attempts > 2) {',
    tests: ['test/service/deliver.test.ts'],
    caughtBy: 'tried again once its lease is over',
  },
  {
    name: 'a publisher that throws counts as one that refused for good',
    file: 'shared/service/publish.ts',
    find: "return { kind: 'retryable', error: textOf(error) };",
    replace: "return { kind: 'permanent', error: textOf(error) };",
    tests: ['test/service/deliver.test.ts', 'test/service/simulation.test.ts'],
    caughtBy: 'that throws is as uncertain',
  },
  {
    name: 'an id from the clock',
    file: 'shared/alerts/compose.ts',
    find: "return `${rule}/${episode ?? 'none'}/${kind}/${session}`;",
    replace: "return `${rule}/${episode ?? 'none'}/${kind}/${session}/${performance.now()}`;",
    tests: ['test/service/outage.test.ts'],
    caughtBy: 'of 1 to 30 sessions ends in the same alerts as none',
  },
  {
    name: 'what was decided before a crash is forgotten',
    file: 'shared/service/evaluate.ts',
    find: '  await putPending(run);\n',
    replace:
      '  for (const [id, one] of run.states) run.states.set(id, { ...one, value: { ...one.value, pending: [] } });\n',
    tests: ['test/service/simulation.test.ts'],
    caughtBy: 'loses no alert',
  },
  {
    name: 'a record is written whoever wrote before',
    file: 'shared/service/put-alerts.ts',
    find: 'await writeJson(ground.records, name, after, before.revision);',
    replace:
      'await writeJson(ground.records, name, after, (await ground.records.read(name))?.revision ?? 0);',
    tests: ['test/service/runs.test.ts', 'test/service/simulation.test.ts'],
    caughtBy: 'make one evaluation of each rule',
  },
  {
    name: 'one session too few is sent late',
    file: 'shared/workflows/evaluate-session.ts',
    find: 'const LATE_LIMIT = 30;',
    replace: 'const LATE_LIMIT = 28;',
    tests: ['test/service/outage.test.ts'],
    caughtBy: 'of 1 to 30 sessions ends in the same alerts as none',
  },
  {
    name: 'a silence ends one session early',
    file: 'shared/service/silences.ts',
    find: 'alert.session <= one.last;',
    replace: 'alert.session < one.last;',
    tests: ['test/service/deliver.test.ts'],
    caughtBy: 'covers the alerts of its last session',
  },
  {
    name: 'a silence holds corrections back',
    file: 'shared/service/silences.ts',
    find: "if (alert.kind === 'correction') return null;",
    replace: '',
    tests: ['test/service/deliver.test.ts'],
    caughtBy: 'does not hold back a correction',
  },
  {
    name: 'four alerts still go out one by one',
    file: 'shared/alerts/message/digest.ts',
    find: 'const MOST_ALONE = 3;',
    replace: 'const MOST_ALONE = 4;',
    tests: ['test/service/deliver.test.ts'],
    caughtBy: 'go out as one digest from four on',
  },
  {
    name: 'the watchdog waits for no deadline',
    file: 'shared/service/watchdog.ts',
    find: 'now >= instantOn(last, deadlineMinute) ? last : calendar.previous(last)',
    replace: 'last',
    tests: ['test/service/watchdog.test.ts'],
    caughtBy: 'not evaluated by 22:00 New York',
  },
  {
    name: 'an episode is named after the session on which it was first seen',
    file: 'shared/workflows/evaluate-session.ts',
    find: '{ id: episodeId(rule.id, start), start }',
    replace: '{ id: episodeId(rule.id, sessionAt(knowledge, index)), start }',
    tests: ['test/service/runs.test.ts', 'test/workflows/evaluate-session.test.ts'],
    caughtBy: 'true first session',
  },
  {
    name: 'no data is read as false',
    file: 'shared/rules/lifecycle.ts',
    find: 'if (when === NO_DATA) return null;',
    replace: 'when = when === NO_DATA ? FALSE : when;',
    tests: ['test/rules/lifecycle.test.ts'],
    caughtBy: 'no data',
  },
  {
    name: 'false and no data is no data',
    file: 'shared/expression/kernels/logic.ts',
    find: '  for (; t < to; t++) out[t] = (a[t]! & b[t]! & 1) | ((a[t]! | b[t]!) & 2);',
    replace: '  for (; t < to; t++) out[t] = a[t] === 0 || b[t] === 0 ? 0 : a[t]! & b[t]! & 1;',
    tests: ['test/expression/kernels/elementwise.test.ts'],
    caughtBy: 'follows Kleene',
  },
  {
    name: 'a window that is one session off',
    file: 'shared/expression/kernels/endpoints.ts',
    find: 'for (let t = first; t < span.to; t++) out[t] = x[t - n]!;',
    replace: 'for (let t = first; t < span.to; t++) out[t] = x[t - n + 1]!;',
    tests: ['test/expression/engine/engine.test.ts'],
    caughtBy: 'agrees with the definition of lag',
  },
  {
    name: 'a streak that a session of no data ends',
    file: 'shared/expression/kernels/history.ts',
    find: 'return (run + (code & 1)) & ((code >> 1) - 1);',
    replace: 'return code === 1 ? run + 1 : 0;',
    tests: ['test/expression/kernels/history.test.ts'],
    caughtBy: 'keeps its value on no data',
  },
  {
    name: 'a percentile that counts today among the sessions before it',
    file: 'shared/expression/kernels/percent-rank.ts',
    find: 'for (let i = t - n; i < t; i++) {',
    replace: 'for (let i = t - n + 1; i <= t; i++) {',
    tests: ['test/expression/kernels/windows.test.ts'],
    caughtBy: 'percentRank is as defined',
  },
  {
    name: 'revisions are known before they were made',
    file: 'shared/series/stored-series.ts',
    find: 'if ((known[index] ?? Number.NaN) <= asOf)',
    replace: 'if ((known[index] ?? Number.NaN) <= asOf + 86_400_000 * 3)',
    tests: ['test/workflows/replay.test.ts'],
    caughtBy: 'is told as one correction on the session on which it became known',
  },
  {
    name: 'a base rate that looks one session ahead',
    file: 'shared/alerts/base-rate.ts',
    find: 'countUpTo(starts, today - horizon)',
    replace: 'countUpTo(starts, today - horizon + 1)',
    tests: ['test/alerts/base-rate.test.ts'],
    caughtBy: 'those whose horizon has passed',
  },
  {
    name: 'a universe of which too few members have a price is judged',
    file: 'shared/rules/verdicts.ts',
    find: '(have[index] ?? 0) / of >= coverage',
    replace: '(have[index] ?? 0) / of > 0',
    tests: ['test/rules/verdicts.test.ts'],
    caughtBy: 'needs the coverage of a universe',
  },
  {
    name: 'a precedent found in the run that led into the episode',
    file: 'shared/alerts/precedent.ts',
    find: 'while (limit > 0 && when[limit - 1] !== FALSE) limit -= 1;',
    replace: '',
    tests: ['test/alerts/precedent.test.ts'],
    caughtBy: 'is what its definition says',
  },
];
