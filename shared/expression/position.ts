import type { Diagnostic } from './diagnostic.ts';
import { applyEdits, type Finding } from './finding.ts';

/** Line and column of an offset, counted from 1 in characters; lines end with LF or CRLF. */
export function position(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: [...before.slice(lineStart)].length + 1 };
}

/** Turns a finding into the diagnostic told to the author; `fix` is the proved correction or null. */
export function toDiagnostic(source: string, finding: Finding, fix: string | null): Diagnostic {
  const { code, severity, message, from, to } = finding;
  return { code, severity, ...position(source, from), message, fix, from, to };
}

/** Renders a diagnostic for a terminal: `line:column: message`, the source line, and a caret line under the place. */
export function describe(diagnostic: Diagnostic, source: string): string {
  const start = source.lastIndexOf('\n', diagnostic.from - 1) + 1;
  const newline = source.indexOf('\n', start);
  const text = source.slice(start, newline === -1 ? source.length : newline).replace(/\r$/, '');
  const shown = text.replace(/[\p{Cc}\p{Cs}]/gu, (character) => (character === '\t' ? '\t' : '\uFFFD'));
  const before = [...text.slice(0, diagnostic.from - start)];
  const padding = before.map((character) => (character === '\t' ? '\t' : ' ')).join('');
  const marked = [...text.slice(diagnostic.from - start, diagnostic.to - start)].length;
  const head = `${diagnostic.line}:${diagnostic.column}: ${diagnostic.message}`;
  return `${head}\n${shown}\n${padding}${'^'.repeat(Math.max(1, marked))}`;
}

/** The source with every known correction of these findings applied. */
export function withCorrections(source: string, findings: readonly Finding[]): string {
  return applyEdits(
    source,
    findings.flatMap((finding) => finding.edits),
  );
}
