import * as z from 'zod';
import { nearest } from '../shared/expression/suggest.ts';
import { failure, type Result, success } from '../shared/result.ts';
import { cronProblem } from './cron.ts';
import { INGEST_RUNS, type IngestRun } from './schedules.ts';

/** How a deployment differs from the next; everything else is the same for all. */
export interface Config {
  /** `prod`, or the name of another deployment in the same account. */
  readonly stage: string;
  /** What happens to table, topic and key with `cdk destroy`. */
  readonly removal: 'retain' | 'destroy';
  /** Gets every alert; null: nobody is subscribed by the deployment. */
  readonly alertEmail: string | null;
  /** Gets the alarms of the service itself; null: nobody does. */
  readonly operatorEmail: string | null;
  /** When each run of `ingest` is woken, in New York. */
  readonly schedules: Readonly<Record<IngestRun, string>>;
  /** `HH:MM` in New York by which a session must have been evaluated. */
  readonly deadline: string;
  /** As whom HTML mail is sent; null where there is none. */
  readonly mail: { readonly from: string; readonly replyTo: string | null } | null;
}

const CRON = z.string('expected cron(…) as text').superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const RUN_NAMES = Object.keys(INGEST_RUNS) as [IngestRun, ...IngestRun[]];
const SCHEDULES = z.preprocess(
  (given) => (typeof given === 'string' ? parsed(given) : given),
  z.partialRecord(z.enum(RUN_NAMES), CRON, {
    error: `expected a JSON object from ${RUN_NAMES.join(', ')} to cron(…)`,
  }),
);

/** One setting each, as `-c name=value` or under `context` in cdk.json. */
const SETTINGS = z.object({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,15}$/, 'expected up to 16 lower-case letters and digits, a letter first')
    .default('prod'),
  removal: z.enum(['retain', 'destroy'], { error: 'expected retain or destroy' }).optional(),
  alertEmail: z.email('expected an e-mail address').optional(),
  operatorEmail: z.email('expected an e-mail address').optional(),
  schedules: SCHEDULES.default({}),
  deadline: z
    .string()
    .regex(/^(1[89]|2[0-3]):[0-5]\d$/, 'expected HH:MM in New York between 18:00 and 23:59')
    .default('22:00'),
  mailFrom: z.email('expected an e-mail address that SES has verified').optional(),
  mailReplyTo: z.email('expected an e-mail address').optional(),
});

const NAMES = Object.keys(SETTINGS.shape);

/**
 * Reads the settings of a deployment from CDK's context. All that is wrong is told at once, each with the setting and
 * what was expected; a name that is nearly one of ours is taken for a slip, any other is not ours to judge.
 */
export function readConfig(context: Readonly<Record<string, unknown>>): Result<Config, string> {
  const slips = Object.keys(context).flatMap((name) => slip(name) ?? []);
  const given = Object.fromEntries(NAMES.flatMap((name) => (name in context ? [[name, context[name]]] : [])));
  const read = SETTINGS.safeParse(given);
  const wrong = read.error?.issues.map((issue) => `-c ${issue.path.join('.')}: ${issue.message}`) ?? [];
  if (!read.success || slips.length > 0) return failure(...slips, ...wrong);
  const { stage, removal, alertEmail, operatorEmail, schedules, deadline, mailFrom, mailReplyTo } = read.data;
  if (mailFrom === undefined && mailReplyTo !== undefined) {
    return failure('-c mailReplyTo: without mailFrom no mail is sent that could be answered');
  }
  return success({
    stage,
    removal: removal ?? (stage === 'dev' ? 'destroy' : 'retain'),
    alertEmail: alertEmail ?? null,
    operatorEmail: operatorEmail ?? alertEmail ?? null,
    schedules: { ...INGEST_RUNS, ...schedules },
    deadline,
    mail: mailFrom === undefined ? null : { from: mailFrom, replyTo: mailReplyTo ?? null },
  });
}

/** The name of the stack: one deployment of a stage in an account and region. */
export function stackName({ stage }: Pick<Config, 'stage'>): string {
  return stage === 'prod' ? 'Tidemark' : `Tidemark-${stage}`;
}

function slip(name: string): string | undefined {
  if (NAMES.includes(name) || /[:/@]/.test(name)) return undefined;
  const meant = nearest(name, NAMES);
  return meant === null ? undefined : `-c ${name}: there is no such setting; did you mean ${meant}?`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
