import { describe, expect, it } from 'vitest';
import { createRuntime } from '../../local/runtime/runtime.ts';
import type { LocalService } from '../../local/runtime/service.ts';
import { newYorkText, nextWake } from '../../local/runtime/timetable.ts';

const newYork = (text: string, offset: string): number => Date.parse(`${text}:00${offset}`);

describe('the timetable', () => {
  it.each([
    ['before the first run of an evening', '2026-01-12T17:19', '2026-01-12T17:20'],
    ['at a run itself, the one after it', '2026-01-12T17:20', '2026-01-12T18:30'],
    ['later that evening', '2026-01-12T19:00', '2026-01-12T20:20'],
    ['at the end of it, the run after midnight', '2026-01-12T21:00', '2026-01-13T00:20'],
    ['at night, the one next morning', '2026-01-13T01:00', '2026-01-13T08:30'],
    ['on a Friday evening, still the night and the Saturday morning', '2026-01-17T00:21', '2026-01-17T08:30'],
    ['over a weekend, Monday evening', '2026-01-17T08:30', '2026-01-19T17:20'],
  ])('wakes %s', (_, after, expected) => {
    expect(nextWake(newYork(after, '-05:00'))).toBe(newYork(expected, '-05:00'));
  });

  it('keeps the hours of New York when its clocks change', () => {
    expect(nextWake(newYork('2026-03-06T20:20', '-05:00'))).toBe(newYork('2026-03-07T00:20', '-05:00'));
    expect(nextWake(newYork('2026-03-07T08:30', '-05:00'))).toBe(newYork('2026-03-09T17:20', '-04:00'));
    expect(newYorkText(newYork('2026-03-09T17:20', '-04:00'))).toBe('Mon 9 Mar 2026, 17:20 New York');
  });
});

/** A service that notes what it is asked for, and works until it is let go. */
function notingService(): { readonly service: LocalService; readonly asked: string[]; release: () => void } {
  const asked: string[] = [];
  let release = (): void => {};
  const note = (what: string) => async () => void asked.push(what);
  const run = async (): Promise<void> => {
    asked.push('run');
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  return {
    service: { run, deliver: note('deliver'), look: note('look') },
    asked,
    release: () => release(),
  };
}

describe('the runtime', () => {
  const start = newYork('2026-01-12T17:00', '-05:00');

  it('sweeps deliveries every minute, and runs when a run is due, once', async () => {
    const { service, asked, release } = notingService();
    let now = start;
    const runtime = createRuntime({ service, clock: () => now, schedules: 'run', trouble: () => {} });
    await runtime.tick();
    expect(asked).toEqual(['deliver']);
    // A machine that slept over two runs makes up for them with one.
    now = newYork('2026-01-12T19:00', '-05:00');
    const late = runtime.tick();
    const meanwhile = runtime.tick();
    expect(asked).toEqual(['deliver', 'run']);
    release();
    await Promise.all([late, meanwhile]);
    expect(asked).toEqual(['deliver', 'run', 'look']);
    expect(runtime.next()).toBe(newYork('2026-01-12T20:20', '-05:00'));
  });

  it('rests on the sample but for deliveries', async () => {
    const { service, asked } = notingService();
    const runtime = createRuntime({
      service,
      clock: () => start + 86_400_000,
      schedules: 'rest',
      trouble: () => {},
    });
    await runtime.tick();
    expect([runtime.next(), asked]).toEqual([null, ['deliver']]);
  });

  it('tells trouble and goes on, and begins nothing once it is ended', async () => {
    const { service, asked } = notingService();
    const told: string[] = [];
    const deliver = async (): Promise<void> => {
      asked.push('deliver');
      throw new Error('the disk is full');
    };
    const runtime = createRuntime({
      service: { ...service, deliver },
      clock: () => start,
      schedules: 'run',
      trouble: (text) => void told.push(text),
    });
    await runtime.tick();
    await runtime.tick();
    expect(told).toEqual(['the disk is full', 'the disk is full']);
    await runtime.end();
    await runtime.tick();
    expect(asked).toEqual(['deliver', 'deliver']);
  });

  it('runs when it is asked to, one run after the other, and leaves out the minutes meanwhile', async () => {
    const asked: string[] = [];
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const service = {
      deliver: async () => void asked.push('deliver'),
      look: async () => {},
      run: async () => {
        asked.push('run');
        const gate = gates[asked.length - 1];
        await gate?.promise;
        if (asked.length === 2) throw new Error('the disk is full');
      },
    };
    const runtime = createRuntime({ service, clock: () => start, schedules: 'rest', trouble: () => {} });
    const [first, second, minute] = [runtime.run(), runtime.run(), runtime.tick()];
    expect(asked).toEqual(['run']);
    gates[0]?.resolve();
    await first;
    gates[1]?.resolve();
    await expect(second).rejects.toThrow('the disk is full');
    await minute;
    expect(asked).toEqual(['run', 'run']);
    await runtime.tick();
    await runtime.end();
    await runtime.run();
    expect(asked).toEqual(['run', 'run', 'deliver']);
  });
});
