import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordStore } from '../../shared/ports/records.ts';
import { putRule, setRuleState } from '../../shared/service/edit-rules.ts';
import { mayReplace, originalsOf, rivalOf, speakersInstead } from '../../shared/service/replacing.ts';
import { readRule } from '../../shared/service/rule-book.ts';
import { RISING, tell, walk } from './tell.ts';
import { at, calendar, market, openService, type Service } from './world.ts';

const COPY = RISING.replaceAll('rising', 'mine');
const groundOf = ({ records, now }: { records: RecordStore; now: number }) => {
  return { records, market, calendar, now };
};

/** Sessions -3 … -1 are history; `rising` is live from session 0 on. */
async function serviceThrough(pattern: string): Promise<Service> {
  return await openService(tell(-3, { 'A.close': walk(pattern) }), RISING);
}

/** What went out and what did not, oldest first. */
async function outcomes({ alerts }: Service): Promise<readonly string[]> {
  const { records } = await alerts.page({ from: '2020-01-01', to: '2027-12-31', limit: 100, cursor: null });
  return records
    .map(({ alert, delivery }) => {
      const how = delivery.kind === 'withheld' ? `${delivery.reason}: ${delivery.detail}` : delivery.kind;
      return `${alert.session} ${alert.rule} ${alert.kind} ${how}`;
    })
    .toSorted();
}

describe('an enabled copy', () => {
  it('speaks instead of its original, whose evaluation goes on, so that the outbox has each thing once', async () => {
    const service = await serviceThrough('----+-+');
    expect(await putRule(groundOf(service), COPY, 0, 'rising')).toMatchObject({ kind: 'saved' });
    await service.run(at(0, '17:20'));
    await service.run(at(1, '17:20'));
    await service.run(at(1, '17:40'));
    await service.run(at(2, '17:20'));
    expect(await outcomes(service)).toEqual([
      '2026-01-05 mine fired sent',
      '2026-01-05 rising fired silence: replaced by mine',
      '2026-01-06 mine resolved sent',
      '2026-01-06 rising resolved silence: replaced by mine',
    ]);
    const { published } = service.delivery;
    expect(new Set(published.flatMap(({ publication }) => publication.attributes.rules))).toEqual(
      new Set(['mine']),
    );
    const keys = published.map(({ publication }) => publication.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not tell again what its original has told of the same episode, and tells its end', async () => {
    const service = await serviceThrough('---+++-');
    await service.run(at(0, '17:20'));
    await putRule(groundOf(service), COPY, 0, 'rising');
    for (const number of [1, 2, 3]) await service.run(at(number, '17:20'));
    expect(await outcomes(service)).toEqual([
      '2026-01-02 rising fired sent',
      '2026-01-05 mine fired silence: already told by rising',
      '2026-01-07 mine resolved sent',
      '2026-01-07 rising resolved silence: replaced by mine',
    ]);
  });

  it('tells what is already true where its condition is another one', async () => {
    const service = await serviceThrough('---+++-');
    await service.run(at(0, '17:20'));
    await putRule(groundOf(service), COPY.replace('ret(A) > 0', 'ret(A) > 0.1%'), 0, 'rising');
    await service.run(at(1, '17:20'));
    expect(await outcomes(service)).toContain('2026-01-05 mine fired sent');
  });

  it.each(['deleted', 'disabled'] as const)('gives the voice back once it is %s', async (state) => {
    const service = await serviceThrough('---+++-+');
    await service.run(at(0, '17:20'));
    await putRule(groundOf(service), COPY, 0, 'rising');
    await service.run(at(1, '17:20'));
    await setRuleState(groundOf(service), { id: 'mine', state, expected: 1 });
    for (const number of [2, 3, 4]) await service.run(at(number, '17:20'));
    expect(await outcomes(service)).toEqual([
      '2026-01-02 rising fired sent',
      '2026-01-05 mine fired silence: already told by rising',
      '2026-01-06 mine resolved silence: the rule that it replaced speaks again',
      '2026-01-07 rising resolved sent',
      '2026-01-08 rising fired sent',
    ]);
  });

  it('leaves the voice to its original where it cannot be evaluated or is not live yet', async () => {
    const service = await serviceThrough('----+');
    await service.ingest();
    service.now = at(1, '17:30');
    await service.ingest();
    await putRule(groundOf(service), COPY, 0, 'rising');
    await service.run(at(1, '18:00'));
    expect((await readRule(service.records, 'mine'))?.live).toBe('2026-01-06');
    expect(await outcomes(service)).toEqual(['2026-01-05 rising fired sent']);
  });

  it('is remembered as a copy through edits, and is refused for a rule that is not there or its own copy', async () => {
    const service = await serviceThrough('---+');
    const ground = groundOf(service);
    expect(await putRule(ground, COPY, 0, 'nothing')).toMatchObject({ kind: 'refused' });
    await putRule(ground, COPY, 0, 'rising');
    await putRule(ground, COPY.replace('> 0', '> 1%'), 1);
    expect(await readRule(service.records, 'mine')).toMatchObject({ version: 2, replaces: 'rising' });
    const circle = RISING.replace('ret(A) > 0', 'ret(A) > 1%');
    expect(await putRule(ground, circle, 1, 'mine')).toMatchObject({ kind: 'refused' });
    await setRuleState(ground, { id: 'mine', state: 'disabled', expected: 2 });
    expect(await readRule(service.records, 'mine')).toMatchObject({ state: 'disabled', replaces: 'rising' });
  });
});

describe('a second copy of the same rule', () => {
  const SECOND = RISING.replaceAll('rising', 'other');

  it('is refused beside an enabled one, and so is enabling it, so that nothing is said twice', async () => {
    const service = await serviceThrough('----+');
    const ground = groundOf(service);
    await putRule(ground, COPY, 0, 'rising');
    const refusal = {
      kind: 'refused',
      reason: 'mine speaks instead of rising already: edit mine, or disable or delete it first',
    };
    expect(await putRule(ground, SECOND, 0, 'rising')).toMatchObject(refusal);
    await setRuleState(ground, { id: 'mine', state: 'disabled', expected: 1 });
    expect(await putRule(ground, SECOND, 0, 'rising')).toMatchObject({ kind: 'saved' });
    expect(await setRuleState(ground, { id: 'mine', state: 'enabled', expected: 1 })).toMatchObject({
      kind: 'refused',
      reason: 'other speaks instead of rising already: edit other, or disable or delete it first',
    });
    await setRuleState(ground, { id: 'other', state: 'deleted', expected: 1 });
    expect(await setRuleState(ground, { id: 'mine', state: 'enabled', expected: 1 })).toMatchObject({
      kind: 'saved',
    });
    expect(await putRule(ground, COPY.replace('> 0', '> 1%'), 1)).toMatchObject({ kind: 'saved' });
  });
});

describe('who speaks for whom', () => {
  const rule = (id: string, replaces?: string, state: 'enabled' | 'disabled' | 'deleted' = 'enabled') => {
    return { id, state, savedAt: id.codePointAt(0) ?? 0, ...(replaces === undefined ? {} : { replaces }) };
  };

  it('is the end of a chain, whatever became of the copies between', () => {
    expect(speakersInstead([rule('a'), rule('b', 'a'), rule('c', 'b')])).toEqual(
      new Map([
        ['a', 'c'],
        ['b', 'c'],
      ]),
    );
    expect(speakersInstead([rule('a'), rule('b', 'a', 'deleted'), rule('c', 'b')]).get('a')).toBe('c');
    expect(speakersInstead([rule('a'), rule('b', 'a', 'disabled')])).toEqual(new Map());
    expect(originalsOf('c', [rule('a'), rule('b', 'a'), rule('c', 'b')])).toEqual(['b', 'a']);
    expect(mayReplace('a', 'c', [rule('a'), rule('b', 'a'), rule('c', 'b')])).toBe(false);
  });

  it('has a rival in another enabled copy of the same rule, and none in a copy of itself or in its original', () => {
    const chain = [rule('a'), rule('b', 'a'), rule('c', 'b')];
    expect(rivalOf(rule('d', 'a'), chain)).toBe('b');
    expect(rivalOf(rule('d', 'a'), [rule('a'), rule('b', 'a', 'disabled')])).toBeNull();
    expect(chain.map((one) => rivalOf(one, chain))).toEqual([null, null, null]);
    expect(rivalOf(rule('b', 'a'), [rule('a', 'b'), rule('b', 'a')])).toBeNull();
  });

  it('leaves somebody who speaks in every circle, whoever is enabled', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const copies = fc.array(
      fc.record({
        replaces: fc.option(fc.constantFrom(...names), { nil: undefined }),
        state: fc.constantFrom('enabled' as const, 'disabled' as const),
      }),
      { minLength: names.length, maxLength: names.length },
    );
    fc.assert(
      fc.property(copies, (drawn) => {
        const rules = drawn.map(({ replaces, state }, index) => rule(names[index] ?? '', replaces, state));
        const speakers = speakersInstead(rules);
        for (const [muted, speaker] of speakers) {
          expect(originalsOf(speaker, rules)).toContain(muted);
          expect(rules.find(({ id }) => id === speaker)?.state).toBe('enabled');
          expect(speakers.has(speaker)).toBe(false);
        }
      }),
    );
  });
});
