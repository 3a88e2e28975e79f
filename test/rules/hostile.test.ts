import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { sampleMarket } from './market.ts';

const market = sampleMarket();

const SCRAPS = [
  'rules',
  ':',
  ' ',
  '\n',
  '\n  ',
  '\n  - ',
  'id: a',
  'when: ',
  'ret(IWM) > 0',
  'firing("a")',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a ',
  '*a',
  '!!str ',
  '|',
  '>-',
  '#',
  '%',
  '---\n',
  '? ',
  '\t',
  '\r\n',
  '<<: ',
  '\u{1F4C8}',
  'hold: 1',
  '7',
  '.nan',
  'null',
  '__proto__: ',
];

describe('any text', () => {
  it('is rules and findings with places inside it, never an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SCRAPS), { maxLength: 40 }), (scraps) => {
        const text = scraps.join('');
        const lines = text.split('\n');
        const { rules, findings } = loadRuleFiles([{ file: 'r.yaml', text }], market);
        expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
        for (const { line, column, message } of findings) {
          expect(message).not.toBe('');
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(Array.from(lines[line - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const EXPRESSION = 'ret(IWM) > 1% and\n ret("XYZ") < 0';

/** Ways to write one and the same text in YAML, each with its place of XYZ. */
const STYLES: ReadonlyMap<string, (text: string) => string> = new Map([
  ['plain', (text) => ` ${text.replaceAll('\n', '\n     ')}`],
  ['single', (text) => ` '${text.replaceAll("'", "''").replaceAll('\n', '\n     ')}'`],
  ['double', (text) => ` ${JSON.stringify(text)}`],
  ['literal', (text) => ` |\n      ${text.replaceAll('\n', '\n      ')}\n`],
  ['folded', (text) => ` >-\n      ${text.replaceAll('\n', '\n      ')}\n`],
]);

describe('the place of a part of an expression', () => {
  it.each([...STYLES])('points at it in %s style, wherever the rule stands', (_, written) => {
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.boolean(), (blank, late) => {
        const comment = '# a comment \u{1F4C8}\n'.repeat(blank);
        const before = late ? '    title: "\u{1F4C8} and more"\n' : '';
        const text = `${comment}rules:\n  - id: x\n${before}    when:${written(EXPRESSION)}\n`;
        const [found] = loadRuleFiles([{ file: 'r.yaml', text }], market).findings;
        expect(found?.code).toBe('unknown-instrument');
        const line = Array.from(text.split('\n')[(found?.line ?? 0) - 1] ?? '');
        expect(line.slice((found?.column ?? 0) - 1).join('')).toMatch(/^(\\?"XYZ|XYZ)/);
      }),
      { numRuns: 20 },
    );
  });
});
