/** What of a request tells whether it is this machine's own. */
export interface Asked {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

const OWN_NAMES = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;

/**
 * Why a request is refused; null where it is this machine's own. A page of somebody else's whose name leads here has
 * another host, and one that asks from elsewhere another origin.
 */
export function refusal({ host, origin }: Asked): string | null {
  if (host === undefined || !OWN_NAMES.test(host))
    return 'This page answers to 127.0.0.1 and localhost only.';
  return origin === undefined || origin === `http://${host}` ? null : 'This page is for itself only.';
}
