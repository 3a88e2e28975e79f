import { promises } from 'node:fs';
import { extname, join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { ConsoleConfig } from '../../shared/api/console-config.ts';
import { contentPolicy } from '../../shared/api/content-policy.ts';
import type { Result } from '../../shared/result.ts';
import { refusal } from '../status/own-requests.ts';

/** What the console is served from. */
export interface ConsoleGround {
  /** The folder of the built console, once it is built; an error is why there is none. */
  readonly built: () => Promise<Result<string, string>>;
}

const HEADERS = {
  'Content-Security-Policy': contentPolicy({ connect: [] }),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Nobody signs in on this machine. */
const CONFIG: ConsoleConfig = { auth: 'none' };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The console to this machine: its files, and its one page at every other address, which the page itself then reads.
 * Where it could not be built, every address leads to the status page.
 */
export function consolePages({ built }: ConsoleGround): Hono {
  const pages = new Hono();
  pages.use(async (context, next) => {
    const { req } = context;
    const refused = refusal({ host: req.header('host'), origin: req.header('origin') });
    if (refused !== null) context.res = context.text(`${refused}\n`, 403);
    else if (req.method !== 'GET' && req.method !== 'HEAD') {
      context.res = context.text('These pages are only read.\n', 405, { Allow: 'GET, HEAD' });
    } else await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  });
  pages.get('/config.json', (context) => {
    context.header('Cache-Control', 'no-cache');
    return context.json(CONFIG);
  });
  pages.get('/assets/:name', async (context) => {
    const folder = await built();
    const assets = folder.ok ? join(folder.value, 'assets') : null;
    const name = context.req.param('name');
    // Only what the folder itself lists is read, so that no name leads out of it.
    if (assets === null || !(await promises.readdir(assets)).includes(name)) return context.notFound();
    return await file(context, join(assets, name), 'public, max-age=31536000, immutable');
  });
  pages.get('*', async (context) => {
    const folder = await built();
    if (!folder.ok) return context.redirect('/status');
    return await file(context, join(folder.value, 'index.html'), 'no-cache');
  });
  pages.notFound((context) => context.text('There is no such file.\n', 404));
  return pages;
}

async function file(context: Context, path: string, cache: string): Promise<Response> {
  context.header('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
  context.header('Cache-Control', cache);
  return context.body(new Uint8Array(await promises.readFile(path)));
}
