import { evaluateReleased } from '../../shared/service/evaluate.ts';
import { keepRun } from '../../shared/service/report.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { printRun } from '../output/report.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

/** Evaluates every rule on every released session it was not yet evaluated on. */
export function evaluate(context: Context, options: ServiceOptions): Promise<ExitCode> {
  return withService(context, options, async (service) => {
    const report = await evaluateReleased(service);
    await keepRun(service.records, report, service.clock());
    return printRun(context, report, options.json);
  });
}
