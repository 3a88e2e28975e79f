import type { Expression } from './ast.ts';
import type { Finding } from './finding.ts';
import { inferWhole } from './infer.ts';
import { read } from './parse.ts';
import { withCorrections } from './position.ts';
import type { Scope } from './scope.ts';
import type { ValueType } from './types.ts';

/** A source read and checked: the tree with its type where there is no error, and all findings in order of place. */
export interface Examination {
  readonly expression: Expression | null;
  readonly type: ValueType | null;
  readonly findings: readonly Finding[];
}

/** Reads and checks a source, without looking for corrections. */
export function examine(source: string, scope: Scope): Examination {
  const reading = read(source);
  if (reading.tree === null) return { expression: null, type: null, findings: reading.findings };
  const whole = inferWhole(reading.tree, scope, source);
  const aside = reading.aside.flatMap((piece) => insideOf(piece, scope, source));
  const findings = distinct([...reading.findings, ...whole.findings, ...aside]);
  const failed = findings.some(({ severity }) => severity === 'error');
  return failed
    ? { expression: null, type: null, findings }
    : { expression: reading.tree, type: whole.type, findings };
}

/** What is wrong inside a piece that stands alone only because an operator is missing. */
function insideOf(piece: Expression, scope: Scope, source: string): readonly Finding[] {
  if (piece.kind === 'name' && scope.market.universes.has(piece.name)) return [];
  if (piece.kind === 'date' || (piece.kind === 'name' && scope.market.portfolios.has(piece.name))) return [];
  return inferWhole(piece, scope, source).findings;
}

/** In order of place, each mistake once: of a strange word between two values only that no operator is there. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const strays = new Set(findings.filter(({ code }) => code === 'missing-operator').map(({ from }) => from));
  const seen = new Map(findings.map((finding) => [`${finding.from} ${finding.code}`, finding]));
  return [...seen.values()]
    .filter(({ code, from }) => code !== 'unknown-instrument' || !strays.has(from))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

const ROUNDS = 4;
const MOST_CLOSINGS = 24;

/**
 * The source with all known corrections applied, again where they uncover others; null unless the result has no
 * error.
 */
export function corrected(source: string, findings: readonly Finding[], scope: Scope): string | null {
  let text = source;
  let open = findings;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = withCorrections(text, open.filter(isError));
    if (next === text) return null;
    text = next;
    open = examine(text, scope).findings;
    if (!open.some(isError)) return text;
  }
  return null;
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/**
 * Where a parenthesis is missing, the first place for it that leaves nothing else wrong: the errors that its lack
 * caused are no mistakes of their own. Null where no place does.
 */
export function closedElsewhere(
  source: string,
  findings: readonly Finding[],
  scope: Scope,
): { readonly finding: Finding; readonly fix: string } | null {
  const finding = findings.find(({ code }) => code === 'missing-parenthesis');
  if (finding === undefined || findings.length === 1 || finding.edits[0]?.text !== ')') return null;
  const places = [...source.matchAll(/\s*(?:[<>=!]=?|\band\b|\bor\b|,|[-+*/])/gi)].slice(0, MOST_CLOSINGS);
  for (const { index } of places) {
    const fix = `${source.slice(0, index)})${source.slice(index)}`;
    if (!examine(fix, scope).findings.some(isError)) return { finding, fix };
  }
  return null;
}
