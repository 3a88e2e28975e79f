import { describe, expect, it } from 'vitest';
import { deployRules, putRule, setRuleState } from '../../shared/service/edit-rules.ts';
import { listRules, listRuleVersions, readRule } from '../../shared/service/rule-book.ts';
import { RISING, tell, walk } from './tell.ts';
import { calendar, market, openService } from './world.ts';

const story = tell(-3, { 'A.close': walk('---+-+') });

describe('a deploy of rules', () => {
  it('touches only rules whose source is a file, and nothing where one is broken', async () => {
    const service = await openService(story, RISING);
    const ground = { records: service.records, market, calendar, now: service.now };
    const file = (text: string) => [{ file: 'rules.yaml', text }];
    expect(await deployRules(ground, file('rules:\n  - id: x\n    when: ret(\n'))).toMatchObject({
      kind: 'refused',
    });
    expect((await listRules(service.records)).map(({ id, state }) => [id, state])).toEqual([
      ['rising', 'enabled'],
    ]);
    const own = (await readRule(service.records, 'rising'))?.text ?? '';
    await putRule(ground, own.replaceAll('rising', 'mine'), 0);
    const next =
      'rules:\n  - id: mine\n    when: ret(A) < 0\n  - id: other\n    when: ret(A) < 0\n    evidence: [mine]\n';
    const deployed = await deployRules(ground, file(next));
    expect(
      deployed.kind === 'deployed' && deployed.rules.map(({ id, outcome }) => [id, outcome.kind]),
    ).toEqual([
      ['mine', 'left'],
      ['other', 'saved'],
      ['rising', 'saved'],
    ]);
    expect((await listRules(service.records)).map(({ id, state, version }) => [id, state, version])).toEqual([
      ['mine', 'enabled', 1],
      ['other', 'enabled', 1],
      ['rising', 'deleted', 1],
    ]);
    expect(await deployRules(ground, file(next))).toMatchObject({
      rules: [{ outcome: { kind: 'left' } }, { outcome: { kind: 'unchanged' } }],
    });
  });

  it('leaves what was deleted or disabled by command as it is, also where the text changes', async () => {
    const service = await openService(story, RISING);
    const ground = { records: service.records, market, calendar, now: service.now };
    const deploy = async (text: string) => await deployRules(ground, [{ file: 'rules.yaml', text }]);
    await setRuleState(ground, { id: 'rising', state: 'disabled', expected: 1 });
    expect(await deploy(RISING)).toMatchObject({ rules: [{ outcome: { kind: 'unchanged' } }] });
    await deploy(RISING.replace('ret(A) > 0', 'ret(A) > 1%'));
    expect(await readRule(service.records, 'rising')).toMatchObject({ state: 'disabled', version: 2 });
    await setRuleState(ground, { id: 'rising', state: 'deleted', expected: 2 });
    expect(await deploy(RISING)).toMatchObject({
      rules: [{ outcome: { kind: 'left', reason: 'it was deleted by command' } }],
    });
    expect((await readRule(service.records, 'rising'))?.state).toBe('deleted');
    expect(await putRule(ground, RISING, 0)).toMatchObject({ kind: 'saved', definition: { version: 3 } });
  });

  it('keeps every version of a text', async () => {
    const service = await openService(story, RISING);
    const ground = { records: service.records, market, calendar, now: service.now };
    const texts = ['1%', '2%', '3%'].map((bound) => RISING.replace('> 0\n', `> ${bound}\n`));
    for (const [index, text] of texts.entries()) await putRule(ground, text, index + 1);
    const versions = await listRuleVersions(service.records, 'rising');
    expect(versions.map(({ version, origin }) => [version, origin])).toEqual([
      [1, 'file'],
      [2, 'command'],
      [3, 'command'],
      [4, 'command'],
    ]);
    expect(versions.slice(1).map(({ text }) => text)).toEqual(texts);
    expect(await listRuleVersions(service.records, 'none')).toEqual([]);
  });
});
