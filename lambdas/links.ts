import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LinkTokens } from '../adapters/mail/tokens.ts';
import { askingPage, deadLinkPage, donePage, type LinkAction } from '../shared/alerts/mail/link-pages.ts';
import type { Instruments } from './instruments.ts';
import type { Handle } from './middleware.ts';

/** What links in mails act on. */
export interface LinksService {
  readonly tokens: LinkTokens;
  /** Confirms a subscription to HTML mail by its id; one that has lapsed is unknown. */
  readonly confirm: (id: string) => Promise<'confirmed' | 'unknown'>;
  /** Removes one, if it is there. */
  readonly remove: (id: string) => Promise<void>;
}

/** A link is short; whatever is longer is none. */
const LONGEST_TOKEN = 100;

/**
 * Answers what links in mails open, for people and for mail programs (RFC 8058): a GET asks, a POST does it. The token says
 * whom it is about; nothing of it, and no address, is logged or shown.
 */
export function linksHandler(
  service: LinksService,
  instruments: Instruments,
): Handle<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return async ({ requestContext, pathParameters, queryStringParameters }) => {
    const action = actionOf(pathParameters?.['action']);
    const token = queryStringParameters?.['t'] ?? '';
    if (action === null || token === '' || token.length > LONGEST_TOKEN) return page(404, deadLinkPage());
    const id = await service.tokens.read(action, token);
    if (id === null) return page(404, deadLinkPage());
    if (requestContext.http.method !== 'POST') return page(200, askingPage(action, token));
    const outcome = await act(service, action, id);
    instruments.line('info', { what: outcome, subject: id, why: 'by the link in a mail' });
    return outcome === 'dead link' ? page(404, deadLinkPage()) : page(200, donePage(action));
  };
}

function actionOf(text: string | undefined): LinkAction | null {
  return text === 'confirm' || text === 'unsubscribe' ? text : null;
}

async function act(
  { confirm, remove }: LinksService,
  action: LinkAction,
  id: string,
): Promise<'confirmed' | 'unsubscribed' | 'dead link'> {
  if (action === 'confirm') return (await confirm(id)) === 'confirmed' ? 'confirmed' : 'dead link';
  // Followed twice it is as well as done.
  await remove(id);
  return 'unsubscribed';
}

/** Stricter than the console's: no script at all, and nothing kept anywhere. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

function page(statusCode: number, body: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: HEADERS, body };
}
