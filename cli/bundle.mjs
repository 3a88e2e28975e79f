// A bundle of the command, so that a start reads ten files instead of three hundred. It is made after a run from the sources
// and used from the next one on for as long as every source is as it was; without it, all is the same but slower.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'cli/main.ts');
const cache = join(root, 'node_modules/.cache/tidemark');
const manifest = join(cache, 'current.json');
/** What an installation writes anew: stands for all packages. */
const INSTALLED = ['package.json', 'node_modules/.package-lock.json'];
/** Packages whose many small files cost at every start; the others are loaded from where they are by the verbs that use them. */
const BUNDLED = ['commander', 'papaparse', 'yaml', 'zod'];
/** Who edits and tries would else wait for a bundle each time. */
const SETTLED_AFTER_MS = 10_000;
/** A process that still runs from an older bundle may have parts of it to load. */
const KEPT_FOR_MS = 7 * 86_400_000;

/** The URL of the bundle if it is made of the sources as they are; null otherwise. */
export function freshBundle() {
  const { folder, made } = readManifest();
  const file = join(cache, folder, 'main.mjs');
  return folder !== '' && made.every(isAsItWas) && existsSync(file) ? pathToFileURL(file).href : null;
}

/** Makes a bundle for the next run, where that is possible; says nothing, and leaves everything as it is, where it is not. */
export async function renewBundle() {
  try {
    mkdirSync(cache, { recursive: true });
    const building = mkdtempSync(join(cache, 'made-'));
    let isUsed = false;
    try {
      isUsed = await renewIn(building);
    } finally {
      if (!isUsed) rmSync(building, { recursive: true, force: true });
    }
  } catch {
    // Read-only, no bundler, a source that does not parse, no space: the sources still run.
  }
}

/** Bundles into a folder and names it as the one to use; false where it is not to be. */
async function renewIn(folder) {
  // By the clock that stamps the sources.
  const start = statSync(folder).mtimeMs;
  if (readManifest().made.some(([file]) => start - changedAt(file) < SETTLED_AFTER_MS)) return false;
  const inputs = await bundleInto(folder);
  const made = [...inputs, ...INSTALLED].filter((file) => existsSync(join(root, file))).map(asItIs);
  if (made.some(([, changed]) => changed >= start)) return false;
  const next = join(folder, 'manifest.json');
  writeFileSync(next, JSON.stringify({ root, folder: basename(folder), made }));
  renameSync(next, manifest);
  removeBefore(start - KEPT_FOR_MS);
  return true;
}

/** Bundles into a folder; the sources it is made of, packages left out. */
async function bundleInto(folder) {
  const { build } = await import('esbuild');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node22' },
    external: Object.keys(dependencies ?? {}).filter((name) => !BUNDLED.includes(name)),
    mainFields: ['module', 'main'],
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(pathToFileURL(entry))});`,
    },
    plugins: [{ name: 'own place', setup: keepPlaces }],
    ...{ metafile: true, tsconfigRaw: {}, logLevel: 'silent' },
  });
  return Object.keys(result.metafile.inputs).filter((file) => !file.includes('node_modules/'));
}

/** A source that asks where it is gets the place it was written for. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8');
    const place = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
    return { contents: text.replaceAll('import.meta', `(${JSON.stringify(place)})`), loader: 'ts' };
  });
}

function readManifest() {
  try {
    const known = JSON.parse(readFileSync(manifest, 'utf8'));
    return known.root === root ? known : { folder: '', made: [] };
  } catch {
    return { folder: '', made: [] };
  }
}

function asItIs(file) {
  const { mtimeMs, size } = statSync(join(root, file));
  return [file, mtimeMs, size];
}

function isAsItWas([file, changed, bytes]) {
  // Two hundred of them at every start: joined plainly.
  const found = statSync(root + file, { throwIfNoEntry: false });
  return found?.mtimeMs === changed && found.size === bytes;
}

function changedAt(file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function removeBefore(instant) {
  for (const name of readdirSync(cache)) {
    const path = resolve(cache, name);
    if (path !== manifest && statSync(path).mtimeMs < instant) rmSync(path, { recursive: true, force: true });
  }
}
