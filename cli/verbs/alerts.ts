import type { AlertRecord } from '../../shared/ports/records.ts';
import { deliveryText } from '../../shared/service/delivery-text.ts';
import { patternNames } from '../../shared/subscriptions/pattern.ts';
import type { Context } from '../context.ts';
import { type Period, requirePeriod } from '../dates.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { alertKeys } from '../output/alert-keys.ts';
import { alertText } from '../output/alerts.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { allAlerts } from '../service/alerts.ts';
import { type Service, type ServiceOptions, withService } from '../service/service.ts';

export interface AlertsOptions extends ServiceOptions, Period {
  readonly rule?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly limit: number;
}

/** Lists recorded alerts, newest first, or shows one in full with what became of it. */
export function alerts(context: Context, id: string | undefined, options: AlertsOptions): Promise<ExitCode> {
  return withService(context, options, async (service) => {
    if (id !== undefined) return show(context, service, { id, options });
    requirePeriod(service.calendar, options);
    const found = await allAlerts(service.alerts, {
      ...options,
      keep: (record) => isWanted(record, options),
    });
    if (options.json) for (const record of found) context.out.write(jsonLine(recordKeys(record)));
    else if (found.length === 0) context.out.write('no alert is recorded that fits\n');
    else context.out.write(`${table(COLUMNS, found.map(row)).join('\n')}\n`);
    return EXIT.fine;
  });
}

function isWanted({ alert, delivery }: AlertRecord, { rule, kind, state }: AlertsOptions): boolean {
  return (
    (rule === undefined || patternNames(rule, alert.rule)) &&
    (kind === undefined || alert.kind === kind) &&
    (state === undefined || delivery.kind === state)
  );
}

async function show(
  { out }: Context,
  service: Service,
  { id, options }: { id: string; options: AlertsOptions },
): Promise<ExitCode> {
  const record = await service.alerts.get(id);
  if (record === null) return refuse(`there is no alert ${id}: npx tidemark alerts lists them.`);
  if (options.json) out.write(jsonLine(recordKeys(record)));
  else {
    const { alert, message, delivery } = record;
    out.write(alertText(out, alert, message.subject, message.email));
    out.write(`\n${out.paint('dim', `${alert.id}: ${deliveryText(delivery)}`)}\n`);
  }
  return EXIT.fine;
}

function recordKeys({ alert, message, createdAt, delivery }: AlertRecord): Record<string, unknown> {
  return { ...alertKeys(alert, message), createdAt: new Date(createdAt).toISOString(), delivery };
}

const COLUMNS = ['session', 'kind', 'rule', 'delivery', 'id'].map((title) => ({
  title,
  align: 'left' as const,
}));

function row({ alert, delivery }: AlertRecord): readonly string[] {
  return [alert.session, alert.kind, alert.rule, deliveryText(delivery), alert.id];
}
