import type { Query } from '../../../shared/api/routes.ts';
import type { Session } from '../../../shared/calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../../../shared/ports/records.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { isRulePattern, patternNames } from '../../../shared/subscriptions/pattern.ts';
import { readProgress } from '../../../shared/service/progress.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import type { Problem } from '../problem.ts';
import { lineOf } from './line.ts';

const LIMIT = 50;
/** A filter that fits little looks so far in one call; the cursor goes on from there. */
const LOOKED_AT = 1000;
const STEP = 200;

/** Alerts that fit, newest first: a page may hold fewer than its limit and still have a next one. */
export const alerts: Handler<'alerts'> = async ({ ground, query }) => {
  const fault = faultOf(query);
  if (fault !== null) return failure(fault);
  const span = within(await spanOf(ground), query);
  if (span.from > span.to) return success({ alerts: [], cursor: null });
  const found = await pageOf(ground.alerts, { ...query, ...span });
  return found.ok ? success({ alerts: found.value.records.map(lineOf), cursor: found.value.cursor }) : found;
};

interface Span {
  readonly from: Session;
  readonly to: Session;
}

/** The years in which alerts can lie: the store looks at each of them. */
async function spanOf({ records, calendar, clock }: ApiGround): Promise<Span> {
  const progress = await readProgress(records);
  const begun = progress === null ? calendar.first : progress.history;
  const last = calendar.lastFinished(clock()) ?? calendar.first;
  return { from: `${Number(begun.slice(0, 4)) - 1}-01-01`, to: `${last.slice(0, 4)}-12-31` };
}

/** What of the years is asked for: the store reads year by year, so a date far outside must not make it read ages. */
function within(years: Span, { from = years.from, to = years.to }: Filter): Span {
  return { from: from > years.from ? from : years.from, to: to < years.to ? to : years.to };
}

type Filter = Query<'alerts'>;
type Page = Awaited<ReturnType<AlertStore['page']>>;

function faultOf({ rule }: Filter): Problem | null {
  if (rule === undefined || isRulePattern(rule)) return null;
  return invalid('query.rule', 'names no rules: expected an id, a prefix such as small-cap-*, or *');
}

function invalid(field: string, message: string): Problem {
  const title = 'Some of what was sent is not valid';
  return { status: 400, code: 'invalid', title, detail: `${field} ${message}`, errors: [{ field, message }] };
}

async function pageOf(store: AlertStore, filter: Filter & Span): Promise<Result<Page, Problem>> {
  const limit = filter.limit === undefined ? LIMIT : Number(filter.limit);
  const step = isFiltered(filter) ? STEP : limit;
  const found: AlertRecord[] = [];
  let cursor = filter.cursor ?? null;
  let looked = 0;
  do {
    const page = await readPage(store, { filter, step, cursor, room: limit - found.length });
    if (page === null) return failure(invalid('query.cursor', 'is no cursor of a page of alerts'));
    found.push(...page.records);
    cursor = page.cursor;
    looked += step;
  } while (cursor !== null && found.length < limit && looked < LOOKED_AT);
  return success({ records: found, cursor });
}

interface Reading {
  readonly filter: Filter & Span;
  readonly step: number;
  readonly cursor: string | null;
  readonly room: number;
}

/**
 * What fits of one page of the store, at most as many as there is room for: then the page is read again up to the last
 * of them, so that the store's own cursor goes on after it. Null where the cursor is none.
 */
async function readPage(store: AlertStore, { filter, step, cursor, room }: Reading): Promise<Page | null> {
  const { from, to } = filter;
  const read = (limit: number): Promise<Page> => store.page({ from, to, limit, cursor });
  const fitting = ({ records, cursor: next }: Page): Page => {
    return { records: records.filter((record) => fits(record, filter)), cursor: next };
  };
  try {
    const page = await read(step);
    const kept = fitting(page);
    const last = kept.records[room - 1];
    if (last === undefined || kept.records.length === room) return kept;
    return fitting(await read(page.records.indexOf(last) + 1));
  } catch (error) {
    if (error instanceof RangeError && cursor !== null) return null;
    throw error;
  }
}

function isFiltered({ rule, kind, severity }: Filter): boolean {
  return rule !== undefined || kind !== undefined || severity !== undefined;
}

function fits({ alert }: AlertRecord, { rule, kind, severity }: Filter): boolean {
  return (
    (rule === undefined || patternNames(rule, alert.rule)) &&
    (kind === undefined || alert.kind === kind) &&
    (severity === undefined || alert.severity === severity)
  );
}
