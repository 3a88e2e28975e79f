import { fileURLToPath } from 'node:url';
import { addressVariable } from '../../adapters/providers/access.ts';
import { PROVIDERS } from '../../adapters/providers/answer.ts';
import type { Context, Output } from '../../cli/context.ts';
import { run } from '../../cli/run.ts';

const NOW = Date.UTC(2026, 1, 1);

/** No test asks a real provider: nobody answers on this port. */
const NOWHERE: Readonly<Record<string, string>> = Object.fromEntries(
  PROVIDERS.map((provider) => [addressVariable(provider), 'http://127.0.0.1:9']),
);

/** What a call of the command gave back. */
export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON, a line each. */
  readonly json: Record<string, unknown>[];
}

export interface Surroundings {
  readonly folder: string;
  /** Standard input, piece by piece. */
  readonly input?: readonly (string | Uint8Array)[];
  /** The time of the call; it stands still. */
  readonly now?: number;
}

export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Collects what is written, as a stream that is no terminal. */
export function collectingOutput(): Output & { readonly text: () => string } {
  let text = '';
  return {
    write: (part) => {
      text += part;
    },
    flush: async () => {},
    columns: 80,
    terminal: false,
    paint: (_style, part) => part,
    text: () => text,
  };
}

/** A context in the package's folder, at one moment, with nothing on standard input. */
export function contextWith(parts: Partial<Context>): Context {
  return {
    out: collectingOutput(),
    err: collectingOutput(),
    input: pieces([]),
    now: NOW,
    clock: () => NOW,
    ticks: () => 0,
    interrupted: async () => {},
    chance: () => 0.5,
    secret: () => 'a secret of tests',
    pause: async () => {},
    folder: packageFolder,
    packageFolder,
    environment: NOWHERE,
    version: '0.0.0-test',
    ...parts,
  };
}

/** Calls the command within this process, with streams and a clock of its own. */
export async function call(argv: readonly string[], surroundings: Surroundings): Promise<Called> {
  const [out, err] = [collectingOutput(), collectingOutput()];
  const { folder, input = [], now = NOW } = surroundings;
  const context = contextWith({
    out,
    err,
    folder,
    input: pieces(input),
    now,
    clock: () => now,
    interrupted: () => until(() => out.text().includes('Ready.')),
  });
  const code = await run(argv, context);
  const read = (): Record<string, unknown>[] => {
    const rows = out
      .text()
      .split('\n')
      .filter((line) => line !== '');
    return rows.map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const called = { code, out: out.text(), err: err.text(), json: [] };
  // Read only when asked for: most outputs are no JSON.
  return Object.defineProperty(called, 'json', { get: read, enumerable: false });
}

async function* pieces(parts: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* parts;
}

/** A verb that stays is interrupted as soon as it stands. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
