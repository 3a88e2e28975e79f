import { describe, expect, it } from 'vitest';
import { evaluateReleased } from '../../shared/service/evaluate.ts';
import { listRuleStates } from '../../shared/service/rule-state.ts';
import { readProgress } from '../../shared/service/progress.ts';
import { putRule, setRuleState } from '../../shared/service/edit-rules.ts';
import { readRule } from '../../shared/service/rule-book.ts';
import { ruleName } from '../../shared/service/names.ts';
import { openContext } from '../../shared/workflows/evaluation-context.ts';
import { chanceOf, storyOf } from './story.ts';
import { at, batchOf, calendar, market, openService, RULES, type Service, session } from './world.ts';
import { keepLedger } from './simulation/ledger.ts';
import { gatedPorts } from './simulation/ports.ts';
import { createScheduler } from './simulation/scheduler.ts';
import { RISING, tell, walk } from './tell.ts';

const edit = (service: Service) => ({ records: service.records, market, calendar, now: service.now });

async function evening(service: Service, number: number): Promise<void> {
  await service.run(at(number, '17:20'));
}

const said = async (service: Service) =>
  (await service.told()).map(({ kind, session: on, reason }) =>
    [kind, on, reason].filter((one) => one !== null).join(' '),
  );

describe('overlapping runs', () => {
  it('of a session, eight of them, make one evaluation of each rule', async () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const service = await openService(storyOf(chanceOf(seed), 3));
      await service.run(at(0, '24:20'));
      service.now = at(1, '24:20');
      await service.ingest();
      const scheduler = createScheduler({
        now: service.now,
        chance: chanceOf(seed),
        faultAt: () => null,
        slow: 0,
      });
      const ledger = keepLedger(service, scheduler.now);
      let evaluations = 0;
      for (let run = 0; run < 8; run += 1) {
        scheduler.start('evaluate', async (one) => {
          const ports = gatedPorts(ledger.ports, { scheduler, run: one });
          const report = await evaluateReleased({ ...ports, market, calendar, clock: scheduler.now });
          evaluations += report.counts['evaluations'] ?? 0;
        });
      }
      await scheduler.drive([]);
      expect([...ledger.decided.values()]).toEqual([1, 1, 1, 1, 1]);
      expect(evaluations).toBe(5);
      expect([...ledger.made.values()].every((times) => times === 1)).toBe(true);
      expect((await readProgress(service.records))?.evaluated).toBe(session(1));
    }
  });
});

describe('a write whose answer was lost', () => {
  it('is found to have been made, and its alerts are stored by the same run', async () => {
    const service = await openService(tell(-3, { 'A.close': walk('---+') }), RISING);
    service.now = at(0, '17:20');
    await service.ingest();
    const { records } = service;
    // The SDK asks again where no answer came, and so meets what it wrote itself.
    const write: typeof records.write = async (name, value, expected) => {
      const written = await records.write(name, value, expected);
      return name.startsWith('rule-state/') && expected === 0 ? 'conflict' : written;
    };
    const ground = { ...service, records: { ...records, write }, market, calendar, clock: () => service.now };
    const report = await evaluateReleased(ground);
    expect(report.decisions.map(({ what }) => what)).toContain('evaluated elsewhere');
    expect(await said(service)).toEqual([`fired ${session(0)}`]);
  });
});

describe('an alert left by another run', () => {
  it('that no store takes is told as a failure of the store, and the rule is not called broken', async () => {
    const service = await openService(tell(-3, { 'A.close': walk('---+') }), RISING);
    service.now = at(0, '17:20');
    await service.ingest();
    const put = () => Promise.reject(new Error('the store is away'));
    const ground = {
      ...service,
      alerts: { ...service.alerts, put },
      market,
      calendar,
      clock: () => service.now,
    };
    for (let run = 0; run < 2; run += 1) {
      const { findings, counts } = await evaluateReleased(ground);
      expect(findings).toEqual([
        {
          what: 'store failed',
          subject: 'rising',
          why: 'alerts are left to the next run: the store is away',
        },
      ]);
      expect(counts['brokenRules']).toBeUndefined();
    }
    await service.evaluate();
    expect(await said(service)).toEqual([`fired ${session(0)}`]);
  });
});

describe('a broken rule', () => {
  it('broken by an edit of the store itself leaves the others evaluated and is told', async () => {
    const service = await openService(storyOf(chanceOf(3), 4));
    await evening(service, 0);
    const stored = await service.records.read(ruleName('ahead'));
    const definition = {
      ...(await readRule(service.records, 'ahead')),
      text: 'rules:\n  - id: ahead\n    when: ret(\n',
    };
    await service.records.write(ruleName('ahead'), JSON.stringify(definition), stored?.revision ?? 0);
    service.now = at(1, '24:20');
    await service.ingest();
    const report = await service.evaluate();
    // `both` needs `ahead`, and falls with it; `broad` and `dear` name it as evidence alone.
    expect(report.findings.map(({ what, subject }) => [what, subject])).toEqual([
      ['rule broken', 'ahead'],
      ['rule broken', 'both'],
    ]);
    const evaluated = [...(await listRuleStates(service.records)).values()].map(({ value }) => [
      value.id,
      value.evaluated,
    ]);
    expect(evaluated).toEqual([
      ['ahead', session(0)],
      ['both', session(0)],
      ['broad', session(1)],
      ['dear', session(1)],
      ['falling', session(1)],
    ]);
    expect((await readProgress(service.records))?.evaluated).toBe(session(1));
  });

  it('that throws stops only those that need it, and catches up once it works', async () => {
    const service = await openService(storyOf(chanceOf(3), 4));
    await evening(service, 0);
    service.now = at(1, '24:20');
    await service.ingest();
    const ground = { ...service, market, calendar, clock: () => service.now };
    const open: typeof openContext = (snapshot, options) => {
      const context = openContext(snapshot, options);
      return {
        ...context,
        view: (rule) => {
          if (rule.id === 'ahead') throw new Error('no such luck');
          return context.view(rule);
        },
      };
    };
    const report = await evaluateReleased({ ...ground, open });
    expect(report.findings.map(({ subject, why }) => [subject, why])).toEqual([
      ['ahead', `not evaluated on ${session(1)}: no such luck`],
      ['both', `not evaluated on ${session(1)}: needs ahead`],
    ]);
    expect((await readProgress(service.records))?.evaluated).toBe(session(1));
    await evening(service, 2);
    await service.run(at(2, '24:20'));
    const states = [...(await listRuleStates(service.records)).values()];
    expect(states.map(({ value }) => [value.evaluated, value.failure])).toEqual(
      Array.from({ length: 5 }, () => [session(2), null]),
    );
    const whole = await openService(storyOf(chanceOf(3), 4));
    for (let number = 0; number < 3; number += 1) await whole.run(at(number, '24:20'));
    const ids = async (of: Service) => (await of.told()).map(({ id }) => id);
    expect(await ids(service)).toEqual(await ids(whole));
  });
});

describe('an edit', () => {
  const story = tell(-3, { 'A.close': walk('---+++++++') });

  it('of the title sends nothing again', async () => {
    const service = await openService(story, RISING);
    await evening(service, 0);
    const saved = await putRule(edit(service), RISING.replace('A is rising', 'A goes up'), 1);
    expect(saved.kind).toBe('saved');
    await evening(service, 1);
    expect(await said(service)).toEqual([`fired ${session(0)}`]);
  });

  it('of the condition goes on under its episode and says so', async () => {
    const service = await openService(story, RISING);
    await evening(service, 0);
    await putRule(edit(service), RISING.replace('ret(A) > 0', 'ret(A) > -1%'), 1);
    await evening(service, 1);
    await evening(service, 2);
    expect(await said(service)).toEqual([`fired ${session(0)}`, `updated ${session(1)} rule changed`]);
    const [fired, updated] = await service.told();
    expect(updated?.episode).toBe(fired?.episode);
  });

  it('that no longer fires resolves with that reason', async () => {
    const service = await openService(story, RISING);
    await evening(service, 0);
    await putRule(edit(service), RISING.replace('ret(A) > 0', 'ret(A) > 50%'), 1);
    await evening(service, 1);
    expect(await said(service)).toEqual([`fired ${session(0)}`, `resolved ${session(1)} rule changed`]);
  });

  it('that deletes or disables a firing rule resolves it once, and a rule put again begins anew', async () => {
    for (const [state, reason] of [
      ['deleted', 'rule deleted'],
      ['disabled', 'rule disabled'],
    ] as const) {
      const service = await openService(story, RISING);
      await evening(service, 0);
      const done = await setRuleState(edit(service), { id: 'rising', state, expected: 1 });
      expect(done.kind).toBe('saved');
      await evening(service, 1);
      await evening(service, 2);
      expect(await said(service)).toEqual([`fired ${session(0)}`, `resolved ${session(1)} ${reason}`]);
      const again =
        state === 'deleted'
          ? await putRule(edit(service), RISING, 0)
          : await setRuleState(edit(service), { id: 'rising', state: 'enabled', expected: 1 });
      expect(again).toMatchObject({ kind: 'saved', definition: { live: session(3) } });
      await evening(service, 3);
      const last = (await service.told()).at(-1);
      expect([last?.kind, last?.session, last?.alreadyTrue]).toEqual(['fired', session(3), true]);
    }
  });

  it('is refused where it is wrong, where it breaks another rule, and where somebody was faster', async () => {
    const service = await openService(story, RULES);
    const ground = edit(service);
    expect(await putRule(ground, 'rules: []', 0)).toMatchObject({ kind: 'refused' });
    expect(await putRule(ground, '{', 0)).toMatchObject({ kind: 'refused' });
    const wrong = await putRule(ground, 'rules:\n  - id: new\n    when: ret(A) > 30\n', 0);
    expect(wrong).toMatchObject({ kind: 'refused', reason: 'new has errors' });
    expect(wrong.kind === 'refused' && wrong.findings.length).toBeGreaterThan(0);
    expect(await setRuleState(ground, { id: 'ahead', state: 'deleted', expected: 1 })).toMatchObject({
      kind: 'refused',
    });
    const text = 'rules:\n  - id: falling\n    when: ret(B) < 0\n';
    expect(await putRule(ground, text, 4)).toEqual({ kind: 'conflict', version: 1 });
    expect(await putRule(ground, text, 1)).toMatchObject({ kind: 'saved', definition: { version: 2 } });
    expect(await putRule(ground, text, 2)).toMatchObject({ kind: 'unchanged' });
  });
});

describe('a rule that goes live while it fires', () => {
  it('sends one fired with its true first session, marked as already true', async () => {
    const service = await openService(tell(-3, { 'A.close': walk('-+++++') }), RISING);
    await evening(service, 0);
    await evening(service, 1);
    const alerts = await service.told();
    expect(alerts.map(({ kind, session: on }) => [kind, on])).toEqual([['fired', session(0)]]);
    expect(alerts[0]).toMatchObject({
      alreadyTrue: true,
      episodeStart: session(-2),
      episode: `rising@${session(-2)}`,
    });
  });

  it('waits for its first session with a verdict where its live session was released without a price', async () => {
    const service = await openService(tell(-3, { 'A.close': walk('-++.++') }), RISING);
    for (const number of [0, 1, 2]) await service.run(at(number, '24:20'));
    const alerts = await service.told();
    expect(alerts.map(({ kind, session: on }) => [kind, on])).toEqual([
      ['blind', session(1)],
      ['recovered', session(2)],
      ['fired', session(2)],
    ]);
    expect(alerts.at(-1)).toMatchObject({
      alreadyTrue: true,
      episodeStart: session(-2),
      episode: `rising@${session(-2)}`,
    });
    expect(alerts.at(-1)?.value).not.toBeNull();
  });

  it('is evaluated on no session that had finished before', async () => {
    const service = await openService(tell(-3, { 'A.close': walk('-+-++-') }), RISING);
    service.now = at(0, '18:00');
    await putRule(edit(service), RISING.replaceAll('rising', 'late'), 0);
    await evening(service, 0);
    await evening(service, 1);
    const late = (await service.told()).filter(({ rule }) => rule === 'late');
    expect(late.map(({ session: on, alreadyTrue }) => [on, alreadyTrue])).toEqual([[session(1), true]]);
  });
});

describe('a value that comes after its session was evaluated', () => {
  it('makes one correction, on the next session', async () => {
    const story = tell(-3, { 'A.close': walk('---+-+-+') });
    const service = await openService(
      story.filter((told) => told.session !== 1),
      RISING,
    );
    await service.run(at(0, '17:20'));
    await service.run(at(1, '24:20'));
    const [value] = story.filter((told) => told.session === 1);
    expect(value).toBeDefined();
    await service.observations.record(batchOf(story, session(1), service.now), service.now);
    await service.run(at(2, '17:20'));
    const told = (await service.told()).map(({ kind, session: on, corrects }) => [kind, on, corrects]);
    // Session 1 had no data, so the episode went on; now it is known that A fell.
    expect(told).toEqual([
      ['fired', session(0), null],
      ['correction', session(2), session(1)],
      ['fired', session(2), null],
    ]);
  });
});
