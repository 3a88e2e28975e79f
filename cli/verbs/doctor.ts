import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { examine, type Examined } from '../service/examine.ts';
import { type ServiceOptions, withService } from '../service/service.ts';

const COLUMNS = ['', 'check', 'finding'].map((title) => ({ title, align: 'left' as const }));

/** Says what is configured, what works, and what an operator should look at. */
export function doctor(context: Context, options: ServiceOptions): Promise<ExitCode> {
  return withService(context, options, async (service) => {
    const examined = await examine(service);
    if (options.json) for (const one of examined) context.out.write(jsonLine({ ...one }));
    else context.out.write(`${table(COLUMNS, examined.map(row)).join('\n')}\n`);
    return examined.some(({ state }) => state !== 'fine') ? EXIT.findings : EXIT.fine;
  });
}

const MARKS = { fine: 'ok', look: '!' } as const;

function row({ check, state, finding }: Examined): readonly string[] {
  return [MARKS[state], check, finding];
}
