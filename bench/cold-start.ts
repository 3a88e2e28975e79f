import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Bundle, bundlesOf } from '../scripts/rehearsal/bundles.ts';

/** Starts of each bundle; the median counts. */
const STARTS = 11;

/** Milliseconds that a fresh process takes to import a bundle. */
function importTime({ file, variables }: Bundle): number {
  const program = `const t = performance.now(); await import(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - t));`;
  const own = variables.filter((name) => name.startsWith('TIDEMARK_')).map((name) => [name, '1']);
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, AWS_REGION: 'us-east-1', ...(Object.fromEntries(own) as NodeJS.ProcessEnv) },
  });
  if (stdout === '') throw new Error(stderr);
  return Number(stdout);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const assembly = mkdtempSync(join(tmpdir(), 'tidemark-bundles-'));
execFileSync('npx', ['cdk', 'synth', '-q', '--output', assembly, '-c', 'mailFrom=alerts@example.com'], {
  stdio: 'ignore',
});
process.stdout.write('function        KB  gzip KB  import ms, median of 11\n');
for (const bundle of bundlesOf(assembly)) {
  const times = Array.from({ length: STARTS }, () => importTime(bundle));
  const zipped = gzipSync(readFileSync(bundle.file)).length;
  const row = [bundle.bytes / 1000, zipped / 1000, median(times)].map((value) =>
    value.toFixed(0).padStart(8),
  );
  process.stdout.write(`${bundle.name.padEnd(10)}${row.join('')}\n`);
}
rmSync(assembly, { recursive: true });
