import type { Context } from '../context.ts';
import { requireSession } from '../dates.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

/** A jump of a close that somebody looked at and found real. */
export interface AcceptedJump {
  readonly instrument: string;
  readonly session: string;
}

/** Accepts a break from now on: returns and windows across it are computed again. */
export function accept(context: Context, jump: AcceptedJump, options: ServiceOptions): Promise<ExitCode> {
  const { instrument, session } = jump;
  return withService(context, options, async ({ observations, market, calendar, clock }) => {
    requireSession(calendar, 'SESSION', session);
    if (market.instruments.get(instrument)?.fields.get('close')?.kind !== 'price') {
      refuse(`${instrument} is no priced instrument that is declared or stored.`);
    }
    const known = clock();
    await observations.accept({ instrument, session, known });
    if (options.json)
      context.out.write(jsonLine({ instrument, session, known: new Date(known).toISOString() }));
    else context.out.write(`the jump of ${instrument} on ${session} counts as real from now on\n`);
    return EXIT.fine;
  });
}
