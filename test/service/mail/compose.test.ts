import { describe, expect, it } from 'vitest';
import { composeMail } from '../../../shared/service/mail/compose.ts';
import { linesOf } from '../../../shared/service/mail/lines.ts';
import { putRule } from '../../../shared/service/edit-rules.ts';
import { tell, walk } from '../tell.ts';
import { at, calendar, market, openService, type Service, session } from '../world.ts';

const NO_LINKS = { alert: null, manage: null, unsubscribe: null };
const RULE = `rules:
  - id: run
    when: streak(ret(A) > 0) >= 2
`;
const MANY = `rules:\n${[0, 1, 2, 3].map((n) => `  - id: rising-${n}\n    when: ret(A) > 0\n`).join('')}`;
const STORY = tell(-6, { 'A.close': walk('--+--++-') });

function ground(service: Service) {
  const without: string[] = [];
  const drawn: string[] = [];
  const { records, alerts, observations } = service;
  return {
    ...{ records, alerts, observations, market, calendar, without: (why: string) => void without.push(why) },
    told: without,
    drawn,
    clock: () => service.now,
    rasterise: async (svg: string) => {
      drawn.push(svg);
      return Uint8Array.of(drawn.length);
    },
  };
}

async function evening(text = RULE): Promise<Service> {
  const service = await openService(STORY, text);
  await service.run(at(0, '17:20'));
  return service;
}

describe('the line of an alert', () => {
  it('is the measure up to its session, its threshold and its episodes', async () => {
    const service = await evening();
    const [alert] = await service.told();
    if (alert === undefined) throw new Error('expected an alert');
    const line = (await linesOf(ground(service), [alert])).get(alert.id);
    expect(line?.sessions.at(-1)).toBe(session(0));
    expect(line?.values.at(-1)).toBe(alert.value);
    expect(line?.values.slice(-3)).toEqual([0, 1, 2]);
    expect(line?.threshold).toBe(2);
    expect(line?.episodes.at(-1)).toEqual({
      from: (line?.sessions.length ?? 0) - 1,
      to: (line?.sessions.length ?? 0) - 1,
    });
  });

  it('holds nothing that came after, though more is stored', async () => {
    const service = await evening();
    const [alert] = await service.told();
    if (alert === undefined) throw new Error('expected an alert');
    const before = await linesOf(ground(service), [alert]);
    await service.run(at(1, '17:20'));
    expect(await linesOf(ground(service), [alert])).toEqual(before);
  });

  it('is none where the rule was changed since, for it would show another measure', async () => {
    const service = await evening();
    const [alert] = await service.told();
    if (alert === undefined) throw new Error('expected an alert');
    const text = RULE.replace('>= 2', '>= 3');
    const put = await putRule({ records: service.records, market, calendar, now: service.now }, text, 1);
    expect(put.kind).toBe('saved');
    expect((await linesOf(ground(service), [alert])).size).toBe(0);
  });
});

describe('a mail', () => {
  it('is the record of an alert, with its line', async () => {
    const service = await evening();
    const [alert] = await service.told();
    const record = await service.alerts.get(alert?.id ?? '');
    const one = ground(service);
    const mailing = await composeMail(one, alert?.id ?? '');
    expect(mailing).toMatchObject({ subject: record?.message.subject, text: record?.message.email });
    expect(mailing?.pictures).toEqual([{ id: 'line-1@tidemark', png: Uint8Array.of(1) }]);
    expect(one.drawn[0]).toContain('<svg');
    expect(mailing?.html(NO_LINKS)).toContain('src="cid:line-1@tidemark"');
    expect(mailing?.html(NO_LINKS, () => 'data:x')).toContain('src="data:x"');
  });

  it('is the whole of a digest, as its plan has it', async () => {
    const service = await evening(MANY);
    const mailing = await composeMail(ground(service), `digest/${session(0)}`);
    expect(mailing?.alerts).toHaveLength(4);
    expect(mailing?.pictures).toHaveLength(4);
    expect(mailing?.subject).toContain('4 alerts');
  });

  it('goes without its picture where that cannot be made, and says why', async () => {
    const service = await evening();
    const [alert] = await service.told();
    const one = ground(service);
    const rasterise = () => Promise.reject(new Error('no machine code'));
    const mailing = await composeMail({ ...one, rasterise }, alert?.id ?? '');
    expect(mailing?.pictures).toEqual([]);
    expect(mailing?.html(NO_LINKS)).not.toContain('<img');
    expect(one.told).toEqual(['no machine code']);
  });

  it('is none where nothing is recorded', async () => {
    const one = ground(await evening());
    expect(await composeMail(one, 'run/none/fired/2026-01-02')).toBeNull();
    expect(await composeMail(one, 'digest/2020-01-02')).toBeNull();
  });
});
