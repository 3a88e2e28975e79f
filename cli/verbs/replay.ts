import type { Alert } from '../../shared/alerts/alert.ts';
import { renderMessage, type Style } from '../../shared/alerts/message/render.ts';
import { replay as replayOf } from '../../shared/workflows/replay.ts';
import type { Context } from '../context.ts';
import { type Period, requirePeriod } from '../dates.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { followingWork, loadAll } from '../load/all.ts';
import { whileWorking } from '../progress.ts';
import { alertKeys } from '../output/alert-keys.ts';
import { alertText, firstParagraph } from '../output/alerts.ts';
import { counted } from '../output/figures.ts';
import { jsonLine } from '../output/json.ts';
import { styleOf } from '../output/sample.ts';

export interface ReplayOptions extends Period {
  readonly data: string;
  readonly rules?: string;
  readonly market?: string;
  readonly full?: true;
  readonly json?: true;
}

/** Tells every alert of the period as known on its session, the message a subscriber would have got included. */
export function replay(context: Context, options: ReplayOptions): ExitCode {
  const loaded = loadAll(context, options);
  if (!loaded) return EXIT.findings;
  requirePeriod(loaded.calendar, options);
  const work = followingWork(loaded);
  const all = whileWorking(context, work, () => replayOf(loaded.archive, loaded.rules, options));
  const alerts = all.filter(({ rule }) => loaded.asked.has(rule));
  const style = styleOf(loaded.sample);
  if (options.json) {
    for (const alert of alerts) context.out.write(jsonLine(alertKeys(alert, renderMessage(alert, style))));
    return EXIT.fine;
  }
  context.out.write(
    alerts.map((alert) => readable(context, alert, { ...options, style })).join(`\n${separator(context)}\n`),
  );
  context.err.write(`${counted(alerts.length, 'alert')}\n`);
  return EXIT.fine;
}

function readable(
  { out }: Context,
  alert: Alert,
  { full, style }: ReplayOptions & { readonly style: Style },
): string {
  const message = renderMessage(alert, style);
  return alertText(out, alert, message.subject, full ? message.email : firstParagraph(message));
}

function separator({ out }: Context): string {
  return `${out.paint('dim', '─'.repeat(Math.min(out.columns, 80)))}\n`;
}
