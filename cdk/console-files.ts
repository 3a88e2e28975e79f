import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, type Stack } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The folder of the built console whose files are named by what is in them, so that they never change. */
export const ASSETS = 'assets';

/**
 * The built console. It is built when the application is synthesized, here and never in a container, unless it has been
 * since its sources changed; where nothing is bundled, as in tests, a page stands for it.
 */
export function consoleFiles({ bundlingRequired }: Stack): ISource {
  if (!bundlingRequired) return Source.data('index.html', '');
  return Source.asset(`${ROOT}console`, {
    exclude: ['dist'],
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never asked for: what is built locally is built.
      image: DockerImage.fromRegistry('none'),
      local: { tryBundle: (folder) => bundle(folder) },
    },
  });
}

function bundle(folder: string): boolean {
  const program = `${ROOT}scripts/bundle-console.ts`;
  execFileSync(process.execPath, [program, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  return true;
}
