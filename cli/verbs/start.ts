import { resetPlace } from '../../local/runtime/place.ts';
import { start as showStart } from '../../local/start/start.ts';
import { latestPeriod } from '../../local/start/latest.ts';
import { renderMessage } from '../../shared/alerts/message/render.ts';
import { replay } from '../../shared/workflows/replay.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { alertKeys } from '../output/alert-keys.ts';
import { jsonLine } from '../output/json.ts';
import { styleOf } from '../output/sample.ts';
import { folderToBe } from '../load/paths.ts';
import { orRefuse } from '../service/local.ts';
import { startPlace } from '../start/place.ts';
import { serve } from '../start/serve.ts';
import { LATEST, type ShownData, shownData } from '../start/show.ts';

export interface StartOptions {
  readonly data?: string;
  readonly dataDir?: string;
  readonly rules?: string;
  readonly market?: string;
  readonly live?: true;
  readonly once?: true;
  readonly reset?: true;
  readonly port: number;
  readonly json?: true;
}

/**
 * Shows the alerts of the latest sessions at once, on the sample or on a folder of one's own, then is the service until
 * it is interrupted. With `--json` it prints the alerts and ends, and nothing is stored.
 */
export async function start(context: Context, options: StartOptions): Promise<ExitCode> {
  if (options.live && options.data !== undefined) refuse('--live and --data exclude each other.');
  if (options.json) return printAlerts(context, options);
  const place = startPlace(context, options);
  const folder = folderToBe(context, place);
  if (options.reset) orRefuse(() => resetPlace(folder));
  return await serve(context, { ...options, place, folder }, () => {
    const shown = shownData(context, options);
    if (shown) showStart(shown, context.out);
    return shown;
  });
}

function printAlerts(context: Context, options: StartOptions): ExitCode {
  const shown: ShownData | null = shownData(context, options);
  if (!shown) return EXIT.findings;
  const { archive, rules, sample } = shown;
  const period = latestPeriod(archive, LATEST);
  if (!period) return EXIT.fine;
  for (const alert of replay(archive, rules, period)) {
    context.out.write(jsonLine(alertKeys(alert, renderMessage(alert, styleOf(sample)))));
  }
  return EXIT.fine;
}
