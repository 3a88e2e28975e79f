import type { Hono } from 'hono';

/** Anything that answers requests. */
export type Served = Pick<Hono, 'fetch'>;

/** The pages of this machine and the API that they ask, at one address. */
export function site(pages: Served, api: Served): Served {
  return {
    fetch: (request, ...more) => {
      const { pathname } = new URL(request.url);
      return (pathname.startsWith('/api/') ? api : pages).fetch(request, ...more);
    },
  };
}
