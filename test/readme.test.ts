import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, packageFolder } from './cli/context.ts';
import { folderWith } from './cli/folder.ts';

const text = readFileSync(join(packageFolder, 'README.md'), 'utf8');

function wordsOf(command: string): string[] {
  return (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll(/["']/g, ''));
}

/** Blocks of the README in this language. */
function blocks(language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, block = '']) => block,
  );
}

describe('the README', { timeout: 60_000 }, () => {
  it('links to nothing that is not there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(packageFolder, link)))).toEqual([]);
    expect(links.length).toBeGreaterThan(8);
  });

  it('shows what its examples print, gives a rule that works, and commands that run', async () => {
    const folder = folderWith({});
    const started = await call(['start'], { folder });
    const quoted = [...text.matchAll(/^\| \*(.*?)\* \|/gm)].flatMap(([, line = '']) => line.split(' … '));
    const prose = started.out.replaceAll(/\s*\n│?\s*/g, ' ');
    for (const piece of quoted.filter(
      (line) => !/^(?:21 sessions|all sessions|For|Against|IWM stands)/.test(line),
    )) {
      expect(prose).toContain(piece.replace(/ …$/, ''));
    }

    for (const block of blocks('console')) {
      const [prompt = '', ...printed] = block.trimEnd().split('\n');
      const called = await call(wordsOf(prompt.replace('$ npx tidemark ', '')), { folder });
      expect(called.out + called.err).toContain(printed.join('\n'));
    }

    const [rule = '', test = ''] = blocks('yaml');
    mkdirSync(join(folder, 'my-rules'));
    writeFileSync(join(folder, 'my-rules/nasdaq.yaml'), rule);
    writeFileSync(join(folder, 'my-rules/nasdaq.test.yaml'), test);
    const inBlocks = blocks('sh').flatMap((block) => block.split('\n'));
    const inTable = [...text.matchAll(/\| `(npx tidemark [^`]*)` \|/g)].map(([, command = '']) => command);
    const commands = [...inBlocks, ...inTable].filter((line) => /^npx tidemark (?!import)/.test(line));
    expect(commands.length).toBeGreaterThanOrEqual(10);
    for (const command of commands) {
      const called = await call(wordsOf(command).slice(2), { folder });
      expect([command, called.code]).toEqual([command, 0]);
      expect(called.out + called.err).not.toMatch(/error:|warning:|^fails/m);
    }
  });
});
