import { protectExpression } from './arguments.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode, explain } from './exit.ts';
import { createProgram } from './program.ts';

/**
 * Runs the command once: arguments in, text to the context's outputs, an exit code back. Never throws; what goes wrong
 * unexpectedly is one line on standard error, with its stack where `showStack` is set.
 */
export async function run(argv: readonly string[], context: Context, showStack?: string): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const program = createProgram(context, (settled) => {
    code = settled;
  });
  try {
    await program.parseAsync(protectExpression(argv, program), { from: 'user' });
  } catch (error) {
    const explained = explain(error, showStack);
    code = explained.code;
    if (explained.text !== null) {
      context.err.write(`${context.err.paint('red', 'error:')} ${explained.text}\n`);
    }
  }
  await context.out.flush();
  await context.err.flush();
  return code;
}
