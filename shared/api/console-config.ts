import * as z from 'zod/mini';

/** Where in the console the sign-in ends, and where the sign-out does. */
export const SIGNED_IN = '/signed-in';
export const SIGNED_OUT = '/';

/** What the console reads from `/config.json` when it starts, so that one build serves every deployment. */
export const consoleConfig = z.object({
  /** `none` on this machine, where nobody signs in. */
  auth: z.union([
    z.literal('none'),
    z.object({
      /** The issuer of the tokens; its `/.well-known/openid-configuration` says where to ask for one. */
      authority: z.string(),
      clientId: z.string(),
      /** The origin of the sign-in's pages; `/logout?client_id=…&logout_uri=…` there ends a session. */
      domain: z.string(),
    }),
  ]),
});
export type ConsoleConfig = z.infer<typeof consoleConfig>;
