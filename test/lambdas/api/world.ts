import { createMemoryAlerts } from '../../../adapters/memory/alerts.ts';
import { memoryDelivery } from '../../../adapters/memory/delivery.ts';
import { createMemoryObservations } from '../../../adapters/memory/observations.ts';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import type { Access } from '../../../lambdas/api/access.ts';
import { ALL_HANDLERS } from '../../../lambdas/api/all-handlers.ts';
import { createApi } from '../../../lambdas/api/app.ts';
import type { WholeGround } from '../../../lambdas/api/ground.ts';
import type { ProblemDetails } from '../../../shared/api/common.ts';
import { type Role, ROLES } from '../../../shared/api/route.ts';
import { success } from '../../../shared/result.ts';
import { loadRuleFiles } from '../../../shared/rules/load.ts';
import { deployRules } from '../../../shared/service/edit-rules.ts';
import { createHealth } from '../../../shared/workbench/health.ts';
import { at, batchOf, calendar, market, RULES, session } from '../../service/world.ts';
import { panel } from '../service.ts';

/** One call of a test, as whom and with what; a reader called `ann` where nothing is said. */
export interface Asked {
  readonly as?: `${string}:${Role}`;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Came {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Takes the caller's word: who may call what is tested elsewhere. */
const trusting: Access = ({ req }) => {
  const [user = '', role = ''] = (req.header('x-as') ?? 'ann:reader').split(':');
  return success({ user, role: ROLES.find((one) => one === role) ?? 'reader' });
};

/** The API over stores in memory, three evenings into a small story; its clocks are set by hand. */
export async function apiWorld(parts: Partial<WholeGround> = {}) {
  const time = { now: at(2, '18:00'), ticks: 0 };
  const clock = (): number => time.now;
  const records = createMemoryRecords();
  const observations = createMemoryObservations();
  const { subscriptions } = memoryDelivery(clock);
  const told = panel();
  const closes = [-1, 0, 1, 2].flatMap((number) =>
    ['A.close', 'B.close', 'C.close'].map((series, line) => ({
      ...{ series, session: number },
      value: 100 + number * (3 - line),
    })),
  );
  await observations.record(batchOf(closes, session(2), time.now), time.now);
  await deployRules({ records, market, calendar, now: at(-1, '18:00') }, [{ file: 'all.yaml', text: RULES }]);
  const ground: WholeGround = {
    ...{ records, observations, subscriptions, market, calendar, clock },
    alerts: createMemoryAlerts(),
    ticks: () => time.ticks,
    load: loadRuleFiles,
    where: 'local',
    version: '0.0.0-test',
    htmlMail: false,
    sample: null,
    next: () => null,
    health: createHealth({ records, observations, market, calendar, clock }),
    providers: async () => [],
    outbox: null,
    runNow: null,
    instruments: told,
    ...parts,
  };
  const api = createApi(ground, trusting, ALL_HANDLERS);
  const ask = async (method: string, path: string, asked: Asked = {}): Promise<Came> => {
    const { as = 'ann:reader', body, headers = {} } = asked;
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await api.request(`http://here${path}`, {
      method,
      headers: { ...type, 'x-as': as, ...headers },
      ...sent,
    });
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  return { ...ground, ground, time, told, ask };
}

/** What came as a problem; fails the test where it is none. */
export function problemIn({ status, headers, body }: Came): ProblemDetails {
  const problem = body as ProblemDetails;
  if (headers.get('content-type') !== 'application/problem+json' || problem.status !== status) {
    throw new Error(`no problem came back: ${status} ${JSON.stringify(body)}`);
  }
  return problem;
}
