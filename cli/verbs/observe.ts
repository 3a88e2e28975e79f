import { observe as observeValue } from '../../shared/service/observe.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { type ServiceOptions, withOwnService } from '../service/service.ts';

export interface ObserveOptions extends ServiceOptions {
  readonly source: string;
}

/** What is observed, as it was typed. */
export interface Observed {
  readonly series: string;
  readonly date: string;
  readonly value: string;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?%?$/;

/** Stores one value by hand, in the unit market.yaml declares for it; a stored value that differs is revised. */
export function observe(context: Context, observed: Observed, options: ObserveOptions): Promise<ExitCode> {
  const { date } = observed;
  if (!NUMBER.test(observed.value)) refuse(`${JSON.stringify(observed.value)} is no number.`);
  if (observed.value.endsWith('%')) {
    refuse(
      `leave out the %: the value is read in the unit that market.yaml declares for ${observed.series}.`,
    );
  }
  const value = Number(observed.value);
  return withOwnService(context, options, async (service) => {
    const series = observed.series.includes('.') ? observed.series : `${observed.series}.close`;
    const { source } = options;
    const outcome = await observeValue({ ...service, now: service.clock() }, { series, date, value, source });
    if (outcome.kind === 'refused') {
      if (options.json) context.out.write(jsonLine({ series, date, value, refused: outcome.reason }));
      else context.err.write(`${context.err.paint('red', 'refused:')} ${outcome.reason}\n`);
      return EXIT.findings;
    }
    const { accepted, revised, unchanged } = outcome.counts;
    if (options.json) context.out.write(jsonLine({ series, date, value, accepted, revised, unchanged }));
    else
      context.out.write(
        `${series} ${date} ${value}: ${revised > 0 ? 'revised' : accepted > 0 ? 'stored' : 'unchanged'}\n`,
      );
    return EXIT.fine;
  });
}
