import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

/** Who signs tokens, for whom, and what it says by default. */
export interface Issuing {
  readonly issuer: string;
  readonly client: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What a token says besides, or instead. */
export interface Said {
  readonly groups?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Seconds from now. */
  readonly expires?: number;
}

/** A user pool as far as tokens go: its public keys, and tokens as it signs them. */
export interface Pool {
  readonly keys: JSONWebKeySet;
  /** An access token, as the pool's own sign-in gives it. */
  token(said?: Said): Promise<string>;
}

/** Makes a pool with a key of its own. */
export async function poolOf({ issuer, client, now }: Issuing, kid = 'key-1'): Promise<Pool> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] };
  return {
    keys,
    token: ({ groups, claims = {}, expires = 3600 } = {}) =>
      new SignJWT({
        ...{ sub: '11111111-2222-3333-4444-555555555555', token_use: 'access', client_id: client },
        ...(groups === undefined ? {} : { 'cognito:groups': groups }),
        ...{ iss: issuer, iat: now + Math.min(expires, 0) - 1, exp: now + expires },
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(privateKey),
  };
}

/** A token that nobody signed and that says so. */
export function unsigned(token: string): string {
  const [, payload = ''] = token.split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${payload}.`;
}
