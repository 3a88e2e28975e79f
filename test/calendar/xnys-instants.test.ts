import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../shared/calendar/xnys.ts';

const calendar = createCalendar([]);
const newYork = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
});

describe('instants in New York', () => {
  it('agree with the time zone database for every session', () => {
    for (const session of calendar.sessions) {
      const opening = session < '1985-09-30' ? '10:00:00' : '09:30:00';
      expect(newYork.format(calendar.open(session))).toBe(`${session} ${opening}`);
      if (!calendar.early(session))
        expect(newYork.format(calendar.close(session))).toBe(`${session} 16:00:00`);
    }
  });

  it.each(['UTC', 'America/New_York', 'Asia/Tokyo'])('are the same on a host in %s', (zone) => {
    expect(digestUnder(zone)).toBe(digest());
  });
});

/** Sessions with closing times as data vendors saw them. */
const observedFile = new URL(
  '../../../shared/data/calendar/nyse_sessions_observed_1990_2026.csv',
  import.meta.url,
);
const observed = existsSync(observedFile);

describe('observed sessions', () => {
  it.skipIf(!observed)("are the calendar's, with the same closing times (needs ../shared/data)", () => {
    const rows = readFileSync(observedFile, 'utf8').trim().split('\n').slice(1);
    const expected = rows.map((row) => row.split(',').slice(0, 2).join(' '));
    const ours = calendar.range(expected[0]?.slice(0, 10) ?? '', expected.at(-1)?.slice(0, 10) ?? '');
    expect(ours.map((session) => newYork.format(calendar.close(session)).slice(0, 16))).toEqual(expected);
    expect(ours.filter((session) => calendar.early(session))).toEqual(
      expected.filter((row) => !row.endsWith('16:00')).map((row) => row.slice(0, 10)),
    );
  });
});

function digest(): string {
  const rows = calendar.sessions.map((session) =>
    [session, calendar.open(session), calendar.close(session), calendar.early(session)].join(),
  );
  return createHash('sha256').update(rows.join('\n')).digest('hex');
}

/** The same digest, taken by a fresh process whose host is in another time zone. */
function digestUnder(zone: string): string {
  const program = `
    import { createHash } from 'node:crypto';
    const { createCalendar } = await import(process.argv[1]);
    const calendar = createCalendar([]);
    const rows = calendar.sessions.map((session) =>
      [session, calendar.open(session), calendar.close(session), calendar.early(session)].join());
    process.stdout.write(createHash('sha256').update(rows.join('\\n')).digest('hex'));`;
  const module = new URL('../../shared/calendar/xnys.ts', import.meta.url).href;
  const flags = [
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
  ];
  return execFileSync(process.execPath, [...flags, '-e', program, module], {
    encoding: 'utf8',
    env: { ...process.env, TZ: zone },
  });
}
