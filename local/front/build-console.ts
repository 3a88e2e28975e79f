import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the console into the folder it is given: a program of its own, so that the bundler stays out of the service. */
const [outDir] = process.argv.slice(2);
const configFile = fileURLToPath(new URL('../../console/vite.config.ts', import.meta.url));
if (outDir === undefined) {
  process.stderr.write('name the folder to build into\n');
  process.exitCode = 2;
} else {
  await build({ configFile, configLoader: 'native', logLevel: 'silent', build: { outDir } }).catch(
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
