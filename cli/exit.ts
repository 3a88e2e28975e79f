import { CommanderError } from 'commander';

/** Exit codes (DESIGN section 7): scripts rely on them. */
export const EXIT = { fine: 0, unexpected: 1, usage: 2, findings: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const REFUSED = 'tidemark.refused';

/** Ends a verb with exit code 2: wrong usage, or a file or folder that is not there. The message is one clear line. */
export function refuse(message: string): never {
  throw new CommanderError(EXIT.usage, REFUSED, message);
}

/** What an exception that reached the top means, and the text to show for it; null where it was shown already. */
export function explain(
  error: unknown,
  showStack: string | undefined,
): { code: ExitCode; text: string | null } {
  if (error instanceof CommanderError) {
    if (error.code === REFUSED) return { code: EXIT.usage, text: error.message };
    return { code: error.exitCode === 0 ? EXIT.fine : EXIT.usage, text: null };
  }
  const text = error instanceof Error ? error.message : String(error);
  if (showStack)
    return { code: EXIT.unexpected, text: error instanceof Error ? (error.stack ?? text) : text };
  return { code: EXIT.unexpected, text: `unexpected: ${text.split('\n')[0] ?? ''}` };
}
