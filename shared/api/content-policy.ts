/** What the console's pages may do besides showing what comes from where they do. */
export interface ContentSources {
  /** Origins that are asked besides our own, such as those of the sign-in. */
  readonly connect: readonly string[];
}

/**
 * The content security policy of the console: everything from its own origin, nothing inline, no frames in it or around
 * it, forms to nowhere else. Pictures may be data, since the charts are drawn and kept by the page itself.
 */
export function contentPolicy({ connect }: ContentSources): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
