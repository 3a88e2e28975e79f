import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { type ConsoleConfig, SIGNED_IN, SIGNED_OUT } from '../../shared/api/console-config.ts';

/** How somebody signs in and out. */
export interface SignIn {
  /** A token that holds, renewed where it is about to end; null where somebody has to sign in again. */
  readonly token: () => Promise<string | null>;
  /** Leaves the page to sign in, and comes back to where it was. */
  readonly enter: () => Promise<void>;
  /** Forgets the token and leaves the page to end the session. */
  readonly leave: () => Promise<void>;
  /** Where somebody who has just come back from signing in was before; null on any other address. */
  readonly arrive: () => Promise<string | null>;
}

type Auth = Exclude<ConsoleConfig['auth'], 'none'>;

/** Sign-in by authorization code with PKCE; the tokens stay in this tab. */
export function createSignIn(auth: Auth, page: Window): SignIn {
  const { origin } = page.location;
  const users = new UserManager({
    authority: auth.authority,
    client_id: auth.clientId,
    redirect_uri: `${origin}${SIGNED_IN}`,
    response_type: 'code',
    scope: 'openid email',
    userStore: new WebStorageStateStore({ store: page.sessionStorage }),
    stateStore: new WebStorageStateStore({ store: page.sessionStorage }),
    automaticSilentRenew: false,
    revokeTokenTypes: ['refresh_token'],
  });
  return {
    async token() {
      const user = await users.getUser();
      if (user === null) return null;
      if ((user.expires_in ?? 0) > LEFT_SECONDS) return user.access_token;
      // With a refresh token this is one request and no frame; without one somebody signs in again.
      if (user.refresh_token === undefined) return null;
      return (await users.signinSilent().catch(() => null))?.access_token ?? null;
    },
    enter: () => users.signinRedirect({ state: page.location.pathname + page.location.search }),
    async leave() {
      await users.revokeTokens().catch(() => undefined);
      await users.removeUser();
      page.location.assign(logoutAddress(auth, origin));
    },
    async arrive() {
      if (page.location.pathname !== SIGNED_IN) return null;
      const { state } = await users.signinRedirectCallback();
      return typeof state === 'string' && /^\/(?!\/)/.test(state) ? state : '/';
    },
  };
}

/** A token that ends sooner is renewed before it is used. */
const LEFT_SECONDS = 60;

/** Cognito ends a session by names of its own, not by those of OpenID Connect. */
export function logoutAddress({ domain, clientId }: Auth, origin: string): string {
  const query = new URLSearchParams({ client_id: clientId, logout_uri: `${origin}${SIGNED_OUT}` });
  return `${domain}/logout?${query}`;
}
