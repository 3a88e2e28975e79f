import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtConsole } from '../../local/front/build.ts';
import { sourcesDigest } from '../../local/front/sources.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the built console', { timeout: 180_000 }, () => {
  let folder = '';
  let page = '';
  beforeAll(async () => {
    const built = await builtConsole();
    if (!built.ok) throw new Error(built.errors[0]);
    folder = built.value;
    page = readFileSync(join(folder, 'index.html'), 'utf8');
  }, 180_000);

  it('shows its first page after less than 100 kB, compressed', () => {
    const first = firstFiles(folder, page);
    const bytes = first.map((name) => gzipSync(readFileSync(join(folder, 'assets', name))).length);
    expect(first.length).toBeGreaterThan(1);
    expect(bytes.reduce((sum, size) => sum + size, gzipSync(page).length)).toBeLessThan(100_000);
  });

  it('loads the chart, the editor and the sign-in only where they are used', () => {
    const text = firstFiles(folder, page)
      .map((name) => readFileSync(join(folder, 'assets', name), 'utf8'))
      .join('\n');
    const all = readdirSync(join(folder, 'assets')).map((name) => ({
      name,
      text: readFileSync(join(folder, 'assets', name), 'utf8'),
    }));
    for (const mark of ['tv-attr-logo', 'cm-editor', 'code_challenge']) {
      expect([mark, text.includes(mark)]).toEqual([mark, false]);
      expect([mark, all.some((file) => file.text.includes(mark))]).toEqual([mark, true]);
    }
  });

  it('says nothing inline, so that its content policy needs no exception', () => {
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/i);
  });
});

describe('building it', { timeout: 180_000 }, () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-sources-'));
    for (const part of ['console', 'shared/api', 'shared/expression']) {
      cpSync(join(root, part), join(folder, part), {
        recursive: true,
        filter: (path) => !path.includes('/console/dist'),
      });
    }
    writeFileSync(join(folder, 'package-lock.json'), '{}');
  });

  it('is done once by two who want it at the same time, and comes whole or not at all', async () => {
    const both = await Promise.all([builtConsole(folder), builtConsole(folder)]);
    const digest = await sourcesDigest(folder);
    expect(both).toEqual([1, 2].map(() => ({ ok: true, value: join(folder, 'console/dist', digest) })));
    expect(readdirSync(join(folder, 'console/dist'))).toEqual([digest]);
    expect(readdirSync(join(folder, 'console/dist', digest))).toContain('index.html');
  });

  it('is done again where a source or the packages changed, and not because something was built', async () => {
    const before = await sourcesDigest(folder);
    cpSync(join(root, 'console/icon.svg'), join(folder, 'console/dist/other/icon.svg'));
    expect(await sourcesDigest(folder)).toBe(before);
    writeFileSync(join(folder, 'package-lock.json'), '{ }');
    const after = await sourcesDigest(folder);
    writeFileSync(join(folder, 'console/style/tokens.css'), '');
    expect(new Set([before, after, await sourcesDigest(folder)]).size).toBe(3);
  });

  it('says why where it cannot be done', async () => {
    expect(await builtConsole(join(folder, 'nowhere'))).toMatchObject({ ok: false });
  });
});

/** What a browser has to read before the first page is shown: the files the page names, and what they import at once. */
function firstFiles(folder: string, page: string): readonly string[] {
  const found = new Set([...page.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, name = '']) => name));
  for (const name of found) {
    if (!name.endsWith('.js')) continue;
    const text = readFileSync(join(folder, 'assets', name), 'utf8');
    for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      found.add(imported);
    }
  }
  return [...found];
}
