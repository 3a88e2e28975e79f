import { reconcileSubscriptions } from '../../adapters/sns/reconcile.ts';
import { dataHealth } from '../../shared/service/data-health.ts';
import { daysToHorizon, readProgress } from '../../shared/service/progress.ts';
import { listRuns, type RunKind } from '../../shared/service/report.ts';
import { listRules, loadDefinitions } from '../../shared/service/rule-book.ts';
import { listSilences } from '../../shared/service/silences.ts';
import { watchdog } from '../../shared/service/watchdog.ts';
import { counted } from '../output/figures.ts';
import type { Service } from './service.ts';

/** What looking at one thing came to; `look`: somebody should. */
export interface Examined {
  readonly check: string;
  readonly state: 'fine' | 'look';
  readonly finding: string;
}

const HORIZON_DAYS = 60;
const SHOWN_HELD = 5;
const RUNS: readonly RunKind[] = ['ingest', 'backfill', 'evaluate', 'deliver'];

/** Looks at everything the service stands on; a check that cannot be made says why and stops no other. */
export async function examine(service: Service): Promise<readonly Examined[]> {
  const checks: readonly (readonly [string, (service: Service) => Promise<readonly Examined[]>])[] = [
    ['store', examineStore],
    ['calendar', examineCalendar],
    ['rules', examineRules],
    ['runs', examineRuns],
    ['data', examineData],
    ['watchdog', examineDuties],
    ['silences', examineSilences],
    ['subscriptions', examineSubscriptions],
  ];
  const found: Examined[] = [];
  for (const [check, make] of checks) {
    try {
      found.push(...(await make(service)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      found.push({ check, state: 'look', finding: `cannot be looked at: ${reason}` });
    }
  }
  return found;
}

async function examineStore({ name, observations, records }: Service): Promise<readonly Examined[]> {
  const stored = await observations.catalog();
  const last = stored.reduce((latest, one) => (one.last > latest ? one.last : latest), '');
  const progress = await readProgress(records);
  return [
    stored.length === 0
      ? { check: 'store', state: 'look', finding: `${name} answers, and holds no observation` }
      : {
          check: 'store',
          state: 'fine',
          finding: `${name} answers: ${counted(stored.length, 'stored field')}, data as of ${last}`,
        },
    {
      check: 'progress',
      state: 'fine',
      finding:
        progress === null
          ? 'nothing was evaluated yet'
          : `released up to ${progress.released}, evaluated up to ${progress.evaluated}`,
    },
  ];
}

async function examineCalendar({ calendar, clock }: Service): Promise<readonly Examined[]> {
  const days = daysToHorizon(calendar, clock());
  return [
    {
      check: 'calendar',
      state: days < HORIZON_DAYS ? 'look' : 'fine',
      finding: `sessions are known up to ${calendar.last}, ${counted(days, 'day')} from now`,
    },
  ];
}

async function examineRules({ records, market }: Service): Promise<readonly Examined[]> {
  const all = await listRules(records);
  const enabled = all.filter(({ state }) => state === 'enabled');
  const { findings } = loadDefinitions(enabled, market);
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [
    {
      check: 'rules',
      state: enabled.length === 0 ? 'look' : 'fine',
      finding: `${counted(enabled.length, 'rule')} enabled of ${counted(all.length, 'saved rule')}`,
    },
    ...errors.map(({ file, message, code }): Examined => {
      return { check: 'rules', state: 'look', finding: `${file}: ${message} [${code}]` };
    }),
  ];
}

async function examineRuns({ records }: Service): Promise<readonly Examined[]> {
  const found: Examined[] = [];
  for (const kind of RUNS) {
    const [last] = await listRuns(records, kind);
    // Only a service that providers feed fills history.
    if (kind === 'backfill' && last === undefined) continue;
    const findings = last?.findings ?? [];
    const when = last === undefined ? 'no run is kept' : `last run ${new Date(last.at).toISOString()}`;
    found.push({
      check: kind,
      state: findings.length === 0 ? 'fine' : 'look',
      finding: [when, ...findings.map(({ what, subject, why }) => `${what}: ${subject}: ${why}`)].join('; '),
    });
  }
  return found;
}

/** Inputs of the rules that are not as they should be, and what waits to be accepted. */
async function examineData(service: Service): Promise<readonly Examined[]> {
  const { records, observations, market, calendar, clock } = service;
  const { inputs, held, counts, session } = await dataHealth({
    ...{ records, observations, market, calendar, now: clock() },
  });
  const { fresh, carried } = counts;
  const good =
    inputs.length === 0
      ? 'no enabled rule reads anything yet'
      : `${fresh + carried} of ${counted(inputs.length, 'input')} up to date on ${session ?? 'no session yet'}`;
  const odd = inputs.filter(({ status }) => status !== 'fresh' && status !== 'carried');
  return [
    { check: 'data', state: odd.length === 0 ? 'fine' : 'look', finding: good },
    ...odd.map(({ input, status, finding }): Examined => {
      return { check: status, state: 'look', finding: `${input}: ${finding}` };
    }),
    ...held.slice(0, SHOWN_HELD).map(({ value }): Examined => {
      return { check: 'held', state: 'look', finding: `${value.id}: ${value.reason}: ${value.detail}` };
    }),
    ...(held.length > SHOWN_HELD ? [moreHeld(held.length - SHOWN_HELD)] : []),
  ];
}

function moreHeld(count: number): Examined {
  return { check: 'held', state: 'look', finding: `${counted(count, 'more value')}: tidemark held list` };
}

async function examineDuties({ records, alerts, calendar, clock }: Service): Promise<readonly Examined[]> {
  const { findings } = await watchdog({ records, alerts, calendar, now: clock() });
  if (findings.length === 0) {
    return [
      { check: 'watchdog', state: 'fine', finding: 'every session due is evaluated, and nothing waits' },
    ];
  }
  return findings.map(({ what, subject, why }) => ({
    check: 'watchdog',
    state: 'look',
    finding: `${what}: ${subject}: ${why}`,
  }));
}

async function examineSilences({ records, calendar, clock }: Service): Promise<readonly Examined[]> {
  const finished = calendar.lastFinished(clock()) ?? '';
  const standing = (await listSilences(records)).filter(({ last }) => last > finished);
  const names = standing.map(({ rule, last }) => `${rule} through ${last}`);
  return [{ check: 'silences', state: 'fine', finding: names.length === 0 ? 'none' : names.join(', ') }];
}

async function examineSubscriptions({ subscriptions, topic }: Service): Promise<readonly Examined[]> {
  const all = await subscriptions.list();
  const count = (status: string): number => all.filter((one) => one.status === status).length;
  const confirmed = count('confirmed');
  const summary: Examined = {
    check: 'subscriptions',
    state: confirmed === 0 ? 'look' : 'fine',
    finding: `${confirmed} confirmed, ${count('pending')} pending, ${count('opted out')} opted out, ${count('vanished')} vanished`,
  };
  if (topic === null) return [summary];
  const findings = await reconcileSubscriptions(topic);
  return [
    summary,
    ...findings.map(({ code, text }): Examined => ({ check: code, state: 'look', finding: text })),
  ];
}
