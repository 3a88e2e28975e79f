import { deliverDue } from '../../shared/service/deliver.ts';
import { keepRun } from '../../shared/service/report.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { printRun } from '../output/report.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

const LEASE_MS = 120_000;

/** Sends what is due: to the outbox on this machine, through SNS on a stack. */
export function deliver(context: Context, options: ServiceOptions): Promise<ExitCode> {
  return withService(context, options, async (service) => {
    const { clock } = service;
    const owner = `command-${process.pid}-${context.now}`;
    const report = await deliverDue({ ...service, owner, lease: LEASE_MS, stopAt: clock() + LEASE_MS / 2 });
    await keepRun(service.records, report, clock());
    return printRun(context, report, options.json);
  });
}
