import { Hono } from 'hono';
import { listOutbox, readOutboxMessage } from '../../adapters/outbox/read-outbox.ts';
import { textOf } from '../../shared/service/report.ts';
import { POLICY } from './layout.ts';
import { messagePage, outboxPage } from './outbox-page.ts';
import { refusal } from './own-requests.ts';
import type { Status } from './status.ts';
import { statusPage } from './status-page.ts';

/** What the pages are made of. */
export interface PagesGround {
  readonly status: () => Promise<Status>;
  readonly outbox: string;
  readonly sample: string | null;
  /** Told what went wrong while a page was made. */
  readonly trouble: (text: string) => void;
}

const MESSAGES = 200;
const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * The pages of the service on this machine. They answer to this machine's own names only, so that a page of somebody
 * else's, whose name leads here, learns nothing; and they only tell.
 */
export function statusPages({ status, outbox, sample, trouble }: PagesGround): Hono {
  const pages = new Hono();
  pages.use(async (context, next) => {
    const { method } = context.req;
    const refused = refusal({ host: context.req.header('host'), origin: context.req.header('origin') });
    if (refused !== null) context.res = context.text(`${refused}\n`, 403);
    else if (method !== 'GET' && method !== 'HEAD') {
      context.res = context.text('These pages are only read.\n', 405, { Allow: 'GET, HEAD' });
    } else await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  });
  pages.get('/status', async (context) => context.html(statusPage(await status())));
  pages.get('/status.json', async (context) => context.json(await status()));
  pages.get('/status/outbox', async (context) =>
    context.html(outboxPage(await listOutbox(outbox, MESSAGES), sample)),
  );
  pages.get('/status/outbox/:name', async (context) => {
    const message = await readOutboxMessage(outbox, context.req.param('name'));
    return message === null ? context.notFound() : context.html(messagePage(message, sample));
  });
  pages.notFound((context) => context.text('There is no such page.\n', 404));
  pages.onError((error, context) => {
    trouble(`a page could not be made: ${textOf(error)}`);
    return context.text('The page could not be made; the service says why where it runs.\n', 500);
  });
  return pages;
}
