import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

/** Confirms a subscription with the token of the message that asked. */
export function confirm(context: Context, token: string, options: ServiceOptions): Promise<ExitCode> {
  return withService(context, options, async ({ subscriptions }) => {
    const outcome = await subscriptions.confirm(token);
    if (options.json) context.out.write(jsonLine({ outcome }));
    else if (outcome === 'confirmed') context.out.write('confirmed: alerts will be sent there from now on\n');
    else context.err.write('unknown: no request stands under this token; a request lapses after two days\n');
    return outcome === 'confirmed' ? EXIT.fine : EXIT.findings;
  });
}
