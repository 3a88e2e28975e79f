import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** Where systems put a Chromium of their own. */
const OF_THE_SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing that a user's browser would do is switched off: the content policy and the origin are under test. */
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Starts a real headless Chromium: the system's own or, where there is none, the one in the npm package. */
export async function launchChromium(): Promise<Browser> {
  const own = OF_THE_SYSTEM.find((path) => existsSync(path));
  if (own !== undefined) return await chromium.launch({ executablePath: own, args: ARGUMENTS });
  try {
    return await chromium.launch(await packaged());
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(
      `browser tests need Chromium: none of ${OF_THE_SYSTEM.join(', ')} is there, and the one that npm ci brings does not start here (${why}); on Debian: apt-get install chromium`,
      { cause: error },
    );
  }
}

/** The packed files: the browser, its libraries for a system that lacks them, fonts. */
const PACKED = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'];

/** Unpacks the Chromium of the npm package once; two at a time each unpack their own and the first one stays. */
async function packaged(): Promise<LaunchOptions> {
  const bin = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  const unpacked = join(cache, 'chromium');
  if (!existsSync(unpacked)) {
    mkdirSync(cache, { recursive: true });
    const staging = mkdtempSync(join(cache, 'chromium-'));
    await unpackInto(staging, bin);
    try {
      renameSync(staging, unpacked);
    } catch {
      rmSync(staging, { recursive: true });
    }
  }
  return {
    executablePath: join(unpacked, 'chromium'),
    args: ['--headless=shell', ...ARGUMENTS],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(unpacked, 'al2023/lib'),
      FONTCONFIG_PATH: join(unpacked, 'fonts'),
    },
  };
}

/** The package unpacks into the temporary folder it finds when it is called, and only there. */
async function unpackInto(folder: string, bin: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const unpacking = PACKED.map((file) => inflate(join(bin, file)));
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await Promise.all(unpacking);
}
