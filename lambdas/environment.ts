/** Every variable a function may be given, by the name it has in the code. The deployment sets these and no others. */
export const VARIABLES = {
  /** Name of the stack; the service's name in logs and metrics. */
  service: 'TIDEMARK_SERVICE',
  /** Name of the one table. */
  table: 'TIDEMARK_TABLE',
  /** Topic of the alerts. */
  alertTopic: 'TIDEMARK_ALERT_TOPIC',
  /** Topic of the people who run this. */
  operatorTopic: 'TIDEMARK_OPERATOR_TOPIC',
  /** Queue of the portions of a large set of rules. */
  evaluationQueue: 'TIDEMARK_EVALUATION_QUEUE',
  /** How long a claim on a publish lasts, in seconds; longer than the function that publishes may run. */
  leaseSeconds: 'TIDEMARK_LEASE_SECONDS',
  /** The path below which the keys of providers are, as parameters of the Systems Manager. */
  parameters: 'TIDEMARK_PARAMETERS',
  /** When a session must have been evaluated, `HH:MM` in New York on its evening. */
  deadline: 'TIDEMARK_DEADLINE',
  /** The verified address that HTML mail comes from; `none` where no such mail is sent. */
  mailFrom: 'TIDEMARK_MAIL_FROM',
  /** Where answers to it go; `none` where nowhere else. */
  mailReplyTo: 'TIDEMARK_MAIL_REPLY_TO',
  /** The address of the console, such as `https://d111111abcdef8.cloudfront.net`. */
  console: 'TIDEMARK_CONSOLE',
} as const;

/** What stands where something is not configured: no variable may be empty. */
export const NO_MAIL = 'none';

export type Variable = keyof typeof VARIABLES;

/** The functions, and which variables each is given. */
export const NEEDS = {
  ingest: ['service', 'table', 'parameters'],
  evaluate: ['service', 'table', 'evaluationQueue'],
  deliver: ['service', 'table', 'alertTopic', 'leaseSeconds', 'deadline'],
  watchdog: ['service', 'table', 'deadline'],
  reconcile: ['service', 'table', 'alertTopic', 'operatorTopic'],
  api: ['service', 'table', 'mailFrom'],
  people: ['service', 'table', 'alertTopic', 'mailFrom', 'mailReplyTo', 'console'],
  mail: ['service', 'table', 'mailFrom', 'mailReplyTo', 'console'],
  links: ['service', 'table'],
} as const satisfies Record<string, readonly Variable[]>;

export type FunctionName = keyof typeof NEEDS;

/** What one function is given: a text for each variable it needs. */
export type Environment<Name extends FunctionName> = Readonly<Record<(typeof NEEDS)[Name][number], string>>;

/** A deadline `HH:MM` as minutes after midnight. */
export function minuteOf(deadline: string): number {
  const [hours = 0, minutes = 0] = deadline.split(':').map(Number);
  return 60 * hours + minutes;
}

const PREFIX = 'TIDEMARK_';

/**
 * Reads the variables of one function. Throws one error that names every variable that is missing or empty and every one
 * of ours that the function does not know, so that a wrong deployment is seen at once and whole.
 */
export function readEnvironment<Name extends FunctionName>(
  name: Name,
  variables: Readonly<Record<string, string | undefined>>,
): Environment<Name> {
  const needed: readonly Variable[] = NEEDS[name];
  const names: readonly string[] = needed.map((variable) => VARIABLES[variable]);
  const missing = names.filter((one) => (variables[one] ?? '') === '');
  const unknown = Object.keys(variables).filter((one) => one.startsWith(PREFIX) && !names.includes(one));
  if (missing.length + unknown.length > 0) throw new Error(complaint(name, missing, unknown));
  const read = needed.map((variable) => [variable, variables[VARIABLES[variable]] ?? '']);
  return Object.fromEntries(read) as Environment<Name>;
}

/** The variables of one function as the deployment sets them. */
export function environmentOf<Name extends FunctionName>(
  name: Name,
  values: Environment<Name>,
): Record<string, string> {
  const needed: readonly Variable[] = NEEDS[name];
  const given = values as Readonly<Partial<Record<Variable, string>>>;
  return Object.fromEntries(needed.map((variable) => [VARIABLES[variable], given[variable] ?? '']));
}

function complaint(name: string, missing: readonly string[], unknown: readonly string[]): string {
  const parts = [
    ...(missing.length > 0 ? [`missing or empty: ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`unknown: ${unknown.toSorted().join(', ')}`] : []),
  ];
  return `environment of ${name}: ${parts.join('; ')}. lambdas/environment.ts lists what each function is given.`;
}
