import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { evaluateHandler, PORTION } from '../../lambdas/evaluate.ts';
import { dataHealth } from '../../shared/service/data-health.ts';
import { ORIGINS } from '../../shared/service/names.ts';
import { readProgress } from '../../shared/service/progress.ts';
import { listRuns } from '../../shared/service/report.ts';
import { at, session } from '../service/world.ts';
import { embeddedTables } from '../support/embedded-tables.ts';
import { panel, serviceOver } from './service.ts';

const tables = embeddedTables();
const RELEASED = { 'detail-type': 'session ingested' };
const queued = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;
const streamed = (...numbers: string[]): DynamoDBStreamEvent => ({
  Records: numbers.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })),
});
const NOTHING_FAILED = { batchItemFailures: [] };

/** A service whose rules went live on the evening before session 0. */
async function live() {
  const service = await serviceOver(await tables());
  await service.ingest({ run: 'evening-first' });
  return service;
}

describe('ingest', () => {
  it('brings the rules of the deployment, says so once, and announces nothing while nothing waits', async () => {
    const service = await live();
    expect(service.told.lines).toContain('rule from file | ahead | saved');
    expect(service.announced).toEqual([]);
    await service.ingest({ run: 'evening-second' });
    expect(service.told.lines.filter((line) => line.startsWith('rule from file | ahead'))).toHaveLength(1);
  });

  it('announces a released session, again in every run until it is evaluated', async () => {
    const service = await live();
    service.wait(at(0, '17:20'));
    await service.ingest({ run: 'evening-first' });
    await service.ingest({ run: 'evening-second' });
    expect(service.announced).toEqual([session(0), session(0)]);
    await service.evaluate(RELEASED);
    await service.ingest({ run: 'evening-third' });
    expect(service.announced).toHaveLength(2);
    expect((await listRuns(service.records, 'ingest')).length).toBe(4);
  });
});

describe('evaluate', () => {
  it('evaluates all rules when a release is told, and stores their alerts', async () => {
    const service = await live();
    service.wait(at(1, '17:20'));
    await service.ingest({});
    expect(await service.evaluate(RELEASED)).toEqual(NOTHING_FAILED);
    expect((await readProgress(service.records))?.evaluated).toBe(session(1));
    const { records } = await service.alerts.page({
      from: session(0),
      to: session(1),
      limit: 10,
      cursor: null,
    });
    expect(records.map(({ alert }) => alert.id)).toContain(`ahead/ahead@${session(1)}/fired/${session(1)}`);
  });

  it('says how many inputs of the rules are fresh, stale, missing and held, and evaluates where it cannot', async () => {
    const service = await live();
    service.wait(at(0, '17:20'));
    await service.ingest({});
    await service.evaluate(RELEASED);
    const said = (name: string) => service.told.figures.get(`${name}Inputs`);
    const counts = ['fresh', 'stale', 'missing', 'held'].map(said);
    const health = await dataHealth({ ...service, now: at(0, '17:20') });
    expect(counts).toEqual([
      health.counts.fresh + health.counts.carried,
      ...[health.counts.stale, health.counts.missing, health.counts.held],
    ]);
    expect(said('fresh')).toBeGreaterThan(0);
    const told = panel();
    const list: typeof service.records.list = async (prefix) => {
      if (prefix === ORIGINS) throw new Error('the table does not answer');
      return await service.records.list(prefix);
    };
    const blind = evaluateHandler(
      { ground: { ...service, records: { ...service.records, list } }, queue: { put: async () => {} } },
      told,
    );
    expect(await blind(RELEASED)).toEqual(NOTHING_FAILED);
    expect(told.warnings).toContain('inputs not looked at | data | the table does not answer');
    expect(told.figures.has('freshInputs')).toBe(false);
  });

  it('evaluates a portion a message, and answers which messages failed', async () => {
    const service = await live();
    service.wait(at(0, '17:20'));
    await service.ingest({});
    const answer = await service.evaluate(
      queued(
        '{"rules":["ahead","broad"]}',
        'no JSON',
        '{"rules":"all"}',
        '{"rules":["both","dear","falling"]}',
      ),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }] });
    expect((await readProgress(service.records))?.evaluated).toBe(session(0));
    expect(service.told.warnings.filter((line) => line.startsWith('portion failed'))).toHaveLength(2);
  });

  it('hands a set of rules over in portions where it is too large for one evaluation', async () => {
    const service = await live();
    const many = Array.from({ length: PORTION + 1 }, (_, index) => ({
      name: `rule/r${String(index).padStart(3, '0')}`,
      value: JSON.stringify({ id: `r${index}` }),
      revision: 1,
    }));
    const put: (readonly string[])[] = [];
    const handler = evaluateHandler(
      {
        ground: { ...service, records: { ...service.records, list: async () => many } },
        queue: { put: async (portions) => void put.push(...portions) },
      },
      panel(),
    );
    expect(await handler(RELEASED)).toEqual(NOTHING_FAILED);
    expect(put.map((portion) => portion.length)).toEqual([PORTION, 1]);
    expect(new Set(put.flat()).size).toBe(PORTION + 1);
  });

  it('fails, once all is told, where the store failed a rule, and the next attempt goes on from there', async () => {
    const service = await live();
    service.wait(at(0, '17:20'));
    await service.ingest({});
    const told = panel();
    const write: typeof service.records.write = async (name, value, expected) => {
      if (name === 'rule-state/ahead') throw new Error('the table does not answer');
      return await service.records.write(name, value, expected);
    };
    const failing = evaluateHandler(
      { ground: { ...service, records: { ...service.records, write } }, queue: { put: async () => {} } },
      told,
    );
    await expect(failing(RELEASED)).rejects.toThrow('another attempt goes on from there');
    expect(told.warnings.join('\n')).toContain('store failed | ahead');
    await service.evaluate(RELEASED);
    expect((await readProgress(service.records))?.evaluated).toBe(session(0));
  });
});

describe('deliver', () => {
  const fired = async () => {
    const service = await live();
    service.wait(at(1, '17:20'));
    await service.ingest({});
    await service.evaluate(RELEASED);
    return service;
  };
  const keysOf = (service: Awaited<ReturnType<typeof fired>>) =>
    service.delivery.published.map(({ publication }) => publication.key);

  it('sends what is due when the stream or the schedule wakes it, and nothing twice', async () => {
    const service = await fired();
    expect(await service.deliver(streamed('1', '2'))).toEqual(NOTHING_FAILED);
    const sent = keysOf(service);
    expect(sent).toContain(`ahead/ahead@${session(1)}/fired/${session(1)}`);
    expect(await service.deliver({ run: 'sweep' })).toEqual(NOTHING_FAILED);
    expect(keysOf(service)).toEqual(sent);
    expect(service.told.figures.get('sent')).toBe(sent.length);
  });

  it('keeps runs that did something and not the sweeps that found nothing', async () => {
    const service = await fired();
    for (let sweep = 0; sweep < 3; sweep += 1) await service.deliver({ run: 'sweep' });
    expect(await listRuns(service.records, 'deliver')).toHaveLength(1);
  });

  it('answers a stream batch it failed on with its first record, and lets a failed sweep fail', async () => {
    const { deliver, alerts } = await fired();
    alerts.due = async () => {
      throw new Error('the table does not answer');
    };
    expect(await deliver(streamed('7', '8'))).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
    await expect(deliver({ run: 'sweep' })).rejects.toThrow('the table does not answer');
  });
});

describe('the watchdog', () => {
  it('says how many sessions are overdue also when none is', async () => {
    const service = await live();
    service.wait(at(0, '21:59'));
    await service.watchdog({});
    expect(service.told.figures.get('overdue')).toBe(0);
    service.wait(at(0, '22:01'));
    await service.watchdog({});
    expect(service.told.figures.get('overdue')).toBe(1);
    expect(service.told.warnings.join('\n')).toContain(`session overdue | ${session(0)}`);
  });
});
