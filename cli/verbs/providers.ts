import { readFileSync, statSync } from 'node:fs';
import type { AnswerContext, ProviderAnswer, ProviderName } from '../../adapters/providers/answer.ts';
import { parseAnswer } from '../../adapters/providers/parse.ts';
import { canonicalSymbol } from '../../adapters/providers/symbols.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { marketOrTell } from '../load/market.ts';
import { existing } from '../load/paths.ts';
import { isoInstant, jsonLine } from '../output/json.ts';

export interface ParseOptions {
  readonly symbol?: string;
  readonly session?: string;
  readonly status: number;
  readonly now?: number;
  readonly market?: string;
  readonly json?: true;
}

/** Prints what a provider's adapter makes of a saved answer, exactly as it would of one that just came. */
export function parseSaved(
  context: Context,
  { name, file }: { readonly name: ProviderName; readonly file: string },
  options: ParseOptions,
): ExitCode {
  const path = existing(context, file);
  if (statSync(path).isDirectory()) refuse(`${file} is a folder, not a file.`);
  const ground = marketOrTell(context, options);
  if (!ground) return EXIT.findings;
  const { symbol, session, status } = options;
  const asked: AnswerContext = {
    status,
    headers: {},
    now: options.now ?? context.now,
    calendar: ground.calendar,
    ...(symbol === undefined ? {} : { symbols: symbolsIn(symbol) }),
    ...(session === undefined ? {} : { session }),
  };
  const answer = parseAnswer(name, readFileSync(path), asked);
  if (options.json) context.out.write(jsonLine(lineOf(answer)));
  else printAnswer(context, answer);
  return EXIT.fine;
}

function symbolsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => canonicalSymbol(part.trim().replace(/\.close$/, '')))
    .filter((part) => part !== '');
}

/** The answer as scripts read it; what it has not is left out, except the three keys it always has. */
function lineOf({ kind, accepted, refused, ...more }: ProviderAnswer): Record<string, unknown> {
  const { detail, retryAt, next, basis, members } = more;
  return {
    kind,
    accepted,
    refused,
    ...(detail === '' ? {} : { detail }),
    ...(retryAt === undefined ? {} : { retryAt: isoInstant(retryAt) }),
    ...(next === undefined ? {} : { next }),
    ...(basis === undefined ? {} : { basis }),
    ...(members === undefined ? {} : { members }),
  };
}

function printAnswer({ out }: Context, answer: ProviderAnswer): void {
  const { kind, detail, accepted, refused, members } = answer;
  out.write(`${out.paint('bold', kind)}${detail === '' ? '' : `: ${detail}`}\n`);
  for (const { instrument, field, session, value } of accepted) {
    out.write(`  ${instrument}.${field} ${session} ${value}\n`);
  }
  if (members !== undefined) {
    out.write(`  ${members.universe} ${members.asOf}: ${members.instruments.length} members\n`);
  }
  for (const { reason, detail: why, instrument, session } of refused) {
    out.write(
      `  ${out.paint('yellow', reason)} ${[instrument, session].filter(Boolean).join(' ')}: ${why}\n`,
    );
  }
}
