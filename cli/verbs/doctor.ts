import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { askNow, examineProviders } from '../live/examine.ts';
import { examine, type Examined } from '../service/examine.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

const COLUMNS = ['', 'check', 'finding'].map((title) => ({ title, align: 'left' as const }));

export interface DoctorOptions extends ServiceOptions {
  readonly ask?: true;
}

/** Says what is configured, what works, and what an operator should look at. */
export function doctor(context: Context, options: DoctorOptions): Promise<ExitCode> {
  return withService(context, options, async (service) => {
    if (options.ask) await askNow(context, service);
    const examined = [...(await examine(service)), ...(await examineProviders(context, service))];
    if (options.json) for (const one of examined) context.out.write(jsonLine({ ...one }));
    else context.out.write(`${table(COLUMNS, examined.map(row)).join('\n')}\n`);
    return examined.some(({ state }) => state !== 'fine') ? EXIT.findings : EXIT.fine;
  });
}

const MARKS = { fine: 'ok', look: '!' } as const;

function row({ check, state, finding }: Examined): readonly string[] {
  return [MARKS[state], check, finding];
}
