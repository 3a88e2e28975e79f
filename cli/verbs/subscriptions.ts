import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { type AddressStyle, addressText, subscriptionKeys } from '../output/subscriptions.ts';
import { table } from '../output/table.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

export interface SubscriptionsOptions extends ServiceOptions {
  readonly show?: true;
}

const COLUMNS = ['id', 'address', 'status', 'severity', 'form', 'format', 'rules'].map((title) => ({
  title,
  align: 'left' as const,
}));

/** Lists who gets what; addresses are masked unless they are asked for. */
export function subscriptions(context: Context, options: SubscriptionsOptions): Promise<ExitCode> {
  const style: AddressStyle = options.show ? 'shown' : 'masked';
  return withService(context, options, async (service) => {
    const all = await service.subscriptions.list();
    if (options.json) {
      for (const one of all) context.out.write(jsonLine(subscriptionKeys(one, style)));
      return EXIT.fine;
    }
    if (all.length === 0) {
      context.out.write('nobody is subscribed: npx tidemark subscribe --email name@example.com\n');
      return EXIT.fine;
    }
    const rows = all.map((one) => [
      one.id,
      addressText(one, style),
      one.status,
      `${one.severity} and up`,
      one.form,
      one.format ?? 'text',
      one.rules.join(' '),
    ]);
    context.out.write(`${table(COLUMNS, rows).join('\n')}\n`);
    return EXIT.fine;
  });
}
