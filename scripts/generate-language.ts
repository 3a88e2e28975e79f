import { readFileSync } from 'node:fs';
import { CODES } from '../shared/expression/codes.ts';
import {
  DEEPEST_NESTING,
  FIRST_DATE,
  LAST_DATE,
  LONGEST_SOURCE,
  LONGEST_WINDOW,
  MOST_NODES,
} from '../shared/expression/limits.ts';
import { KEYWORDS } from '../shared/expression/reference/keywords.ts';
import type { Example } from '../shared/expression/reference/text.ts';
import { type DescribedFunction, REFERENCE } from '../shared/expression/reference.ts';
import { type FunctionEntry, showSignature } from '../shared/expression/signature.ts';

/** The language reference: the prose of `language-prose.md` with tables made from the code in its places. */
export function languageReference(): string {
  const prose = readFileSync(new URL('language-prose.md', import.meta.url), 'utf8');
  const parts = new Map([
    ['functions', functionTable()],
    ['details', REFERENCE.map(details).join('\n')],
    ['keywords', keywordTable()],
    ['codes', codeTable()],
    ['limits', limitTable()],
  ]);
  return prose.replace(/\{\{(\w+)\}\}/g, (place, name: string) => parts.get(name) ?? place);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

function calls({ name, signatures }: FunctionEntry): string {
  return signatures.map((signature) => `\`${showSignature(name, signature)}\``).join(', ');
}

function functionTable(): string {
  const groups = [...new Set(REFERENCE.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = REFERENCE.filter((entry) => entry.group === group).map((entry) => [
        calls(entry),
        entry.summary,
      ]);
      return `### ${group}\n\n${table(['call', 'for'], rows)}\n`;
    })
    .join('\n');
}

function details(entry: DescribedFunction): string {
  return `### ${entry.name}

${entry.summary} ${calls(entry)}

- Value at session t: ${entry.definition}.
- Unit: ${entry.units}
- No data: ${entry.noData}
- Source: ${entry.source}

${entry.examples.map(example).join('\n\n')}
`;
}

function example({ expression, start, given, expected }: Example): string {
  const rows = [...Object.entries(given), [expression, expected]];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  const lines = rows.map(([name = '', values = '']) => `${name.padEnd(width)}  ${values}`);
  return `\`\`\`text\nfrom ${start}\n${lines.join('\n')}\n\`\`\``;
}

function keywordTable(): string {
  const rows = KEYWORDS.map(({ name, summary, definition, noData }) => [
    `\`${name}\``,
    `${summary} ${definition}`,
    noData,
  ]);
  return table(['word', 'meaning', 'no data'], rows);
}

function codeTable(): string {
  return table(
    ['code', 'meaning'],
    Object.entries(CODES).map(([code, meaning]) => [`\`${code}\``, meaning.replaceAll('|', '\\|')]),
  );
}

function limitTable(): string {
  return table(
    ['what', 'limit'],
    [
      ['characters of a source', String(LONGEST_SOURCE)],
      ['nesting of parentheses, calls and unary operators', String(DEEPEST_NESTING)],
      ['nodes (numbers, names, calls, operators)', String(MOST_NODES)],
      ['a window n, and k of `top`', `1 to ${LONGEST_WINDOW}, a whole number written out`],
      ['dates', `${FIRST_DATE} to ${LAST_DATE}`],
    ],
  );
}
