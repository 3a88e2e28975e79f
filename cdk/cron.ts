interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  readonly mayBeOpen?: true;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The six fields as EventBridge documents them, less the letters L, W and #, which no schedule here needs. */
const FIELDS: readonly Field[] = [
  { name: 'minutes', least: 0, most: 59 },
  { name: 'hours', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31, mayBeOpen: true },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  { name: 'day of week', least: 1, most: 7, words: DAYS, mayBeOpen: true },
  { name: 'year', least: 1970, most: 2199 },
];

/**
 * What is wrong with a `cron(…)` expression of EventBridge, or null: a deployment accepts many that never fire.
 */
export function cronProblem(expression: string): string | null {
  const inner = /^cron\(([^()]*)\)$/.exec(expression)?.[1];
  if (inner === undefined) return `expected cron(minutes hours day-of-month month day-of-week year)`;
  const parts = inner.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return `expected 6 fields, found ${parts.length}`;
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? '';
    const fine = (field.mayBeOpen && part === '?') || part.split(',').every((one) => isSpan(one, field));
    if (!fine) return `${field.name} cannot be ${part}: expected ${field.least} to ${field.most}`;
  }
  const open = [parts[2], parts[4]].filter((part) => part === '?').length;
  return open === 1 ? null : 'exactly one of day of month and day of week must be ?';
}

function isSpan(text: string, field: Field): boolean {
  const [range = '', step, ...rest] = text.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
  if (range === '*') return true;
  const [from, to, ...more] = range.split('-').map((one) => valueOf(one, field));
  if (from === undefined || more.length > 0) return false;
  return range.includes('-') ? to !== undefined && from <= to : true;
}

function valueOf(text: string, { least, most, words }: Field): number | undefined {
  const word = words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return least + word;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
