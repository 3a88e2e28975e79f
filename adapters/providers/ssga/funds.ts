/** A fund of State Street, and the index it stands for. */
export interface Fund {
  readonly ticker: string;
  /** The index as `market.yaml` names it. */
  readonly index: string;
  readonly universe: string;
  /** Lines of shares its file is known to have. */
  readonly lines: number;
}

const FUNDS: readonly Fund[] = [
  { ticker: 'SPY', index: 'SP500', universe: 'SP500_MEMBERS', lines: 503 },
  { ticker: 'SPSM', index: 'SP600', universe: 'SP600_MEMBERS', lines: 602 },
];

/** The fund of a ticker, or of the index it stands for. */
export function fundOf(symbol: string): Fund | undefined {
  const [name = ''] = symbol.split(/[._]/);
  return FUNDS.find(({ ticker, index }) => ticker === name || index === name);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads `05-Jun-2026`, `06 Aug 2026` or `Aug 28, 2026` as `2026-06-05`; null where it is neither. */
export function readAsOf(text: string): string | null {
  const first = /\b(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4})\b/.exec(text);
  const second = /\b([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})\b/.exec(text);
  const [day, name, year] = first ? [first[1], first[2], first[3]] : [second?.[2], second?.[1], second?.[3]];
  const month = MONTHS.indexOf((name ?? '').toLowerCase()) + 1;
  if (month === 0 || day === undefined || year === undefined) return null;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
