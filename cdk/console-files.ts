import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CONSOLE = `${ROOT}console`;

/** The folder of the built console whose files are named by what is in them, so that they never change. */
export const ASSETS = 'assets';

/**
 * The built console. It is built when the application is synthesized, here and never in a container; where nothing is
 * bundled, as in tests, the sources stand for it.
 */
export function consoleFiles(): ISource {
  if (!existsSync(CONSOLE)) return Source.data('index.html', '');
  return Source.asset(CONSOLE, {
    exclude: ['dist'],
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never asked for: what is built locally is built.
      image: DockerImage.fromRegistry('none'),
      local: { tryBundle: (folder) => build(folder) },
    },
  });
}

function build(folder: string): boolean {
  execFileSync(process.execPath, [`${ROOT}cdk/bundle-console.ts`, folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return true;
}
