import { createMemoryRecords } from '../../adapters/memory/records.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { askNow, examineProviders } from '../live/examine.ts';
import { marketOrTell } from '../load/market.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { examine, type Examined } from '../service/examine.ts';
import { hasBegun, type ServiceOptions, withService } from '../service/service.ts';

const COLUMNS = ['', 'check', 'finding'].map((title) => ({ title, align: 'left' as const }));

export interface DoctorOptions extends ServiceOptions {
  readonly ask?: true;
}

/** Says what is configured, what works, and what an operator should look at. */
export function doctor(context: Context, options: DoctorOptions): Promise<ExitCode> {
  const { stack, dataDir } = options;
  const begun = stack !== undefined || hasBegun(context, dataDir);
  if (!begun) return beforeTheBeginning(context, options);
  return withService(context, options, async (service) => {
    if (options.ask && service.style.sample === undefined) await askNow(context, service);
    const examined = [...(await examine(service)), ...(await examineProviders(context, service))];
    return print(context, options, examined);
  });
}

/** Where nothing is stored yet there are providers to look at all the same: nothing is stored by it. */
async function beforeTheBeginning(context: Context, options: DoctorOptions): Promise<ExitCode> {
  const ground = marketOrTell(context, options.market === undefined ? {} : { market: options.market });
  if (!ground) return EXIT.findings;
  const { clock } = context;
  const { calendar, market: declared } = ground;
  const records = createMemoryRecords();
  const nobody = { records, clock, calendar, declared, style: {}, topic: null, live: false };
  if (options.ask) await askNow(context, nobody);
  const finding = `${options.dataDir} holds nothing yet: npm start begins it with the sample, npm start -- --live with providers`;
  const store: Examined = { check: 'store', state: 'look', finding };
  return print(context, options, [store, ...(await examineProviders(context, nobody))]);
}

function print(context: Context, options: DoctorOptions, examined: readonly Examined[]): ExitCode {
  if (options.json) for (const one of examined) context.out.write(jsonLine({ ...one }));
  else context.out.write(`${table(COLUMNS, examined.map(row)).join('\n')}\n`);
  return examined.some(({ state }) => state !== 'fine') ? EXIT.findings : EXIT.fine;
}

const MARKS = { fine: 'ok', look: '!' } as const;

function row({ check, state, finding }: Examined): readonly string[] {
  return [MARKS[state], check, finding];
}
