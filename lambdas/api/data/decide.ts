import { failure, success } from '../../../shared/result.ts';
import { acceptHeld, rejectHeld } from '../../../shared/service/decide-held.ts';
import { listHeld } from '../../../shared/service/held.ts';
import { observe as observeValue } from '../../../shared/service/observe.ts';
import type { Handler } from '../handler.ts';
import { notFound, refused } from '../problem.ts';
import { storedMarket } from './market.ts';
import { namedSeries } from './series.ts';

/** Accepts or rejects one value that waits. */
export const decideHeld: Handler<'decideHeld'> = async ({ ground, params: { id }, body, now }) => {
  const { records, observations, calendar } = ground;
  // The command takes patterns; here an asterisk would decide about more than was shown.
  const waiting = (await listHeld(records)).some((one) => one.id === id && one.state === 'held');
  const gone = notFound(`${id} does not wait: somebody decided about it, or another value explained it`);
  if (!waiting) return failure(gone);
  const act = body.decision === 'accept' ? acceptHeld : rejectHeld;
  const { market } = await storedMarket(ground);
  const outcome = await act({ records, observations, market, calendar, now }, { ids: [id], why: body.why });
  return outcome.kind === 'decided' ? success({ done: true }) : failure(gone);
};

/** Stores one value by hand; one that is stored already is revised. */
export const observe: Handler<'observe'> = async ({ ground, body, now }) => {
  const { observations, calendar, sample } = ground;
  if (sample !== null) {
    return failure(
      refused('this store holds the sample, and real data never joins it: begin one of your own'),
    );
  }
  const { market } = await storedMarket(ground);
  const series = namedSeries(market, body.series)?.id ?? body.series;
  const outcome = await observeValue({ observations, market, calendar, now }, { ...body, series });
  if (outcome.kind === 'refused') return failure(refused(outcome.reason));
  const { accepted, revised, unchanged } = outcome.counts;
  return success({ accepted, revised, unchanged });
};
