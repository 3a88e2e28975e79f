import type { Context } from 'hono';
import { mayCall, type Role, ROLES } from '../../shared/api/route.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { Caller } from './handler.ts';
import { forbidden, type Problem } from './problem.ts';

/** Finds out who calls, or why nobody is let in. */
export type Access = (context: Context) => Result<Caller, Problem>;

/** What a gateway verified of a token, as it hands it over: values as text, lists as `[a b]`, or as they are. */
type Claims = Readonly<Record<string, unknown>>;

/**
 * Lets in whoever the gateway's JWT authorizer let in, with the highest role of the token's groups. The gateway checked
 * signature, issuer, audience and time; without its claims nobody is let in, and a token that is for something else than
 * access, or names no group of ours, may do nothing.
 */
export const verifiedAccess: Access = ({ env }) => {
  const claims = claimsIn(env);
  const user = claims?.['sub'];
  if (claims === null || typeof user !== 'string' || user === '') return failure(NO_TOKEN);
  if (claims['token_use'] !== 'access') return failure(NO_TOKEN);
  const role = roleOf(groupsOf(claims['cognito:groups']));
  return role === null ? failure(NO_GROUP) : success({ user, role });
};

function claimsIn(env: unknown): Claims | null {
  const requestContext = within(env, 'requestContext');
  return within(within(within(requestContext, 'authorizer'), 'jwt'), 'claims');
}

function within(value: unknown, name: string): Claims | null {
  if (typeof value !== 'object' || value === null) return null;
  const inner = (value as Claims)[name];
  return typeof inner === 'object' && inner !== null ? (inner as Claims) : null;
}

/** Groups as a list, or as the text that a gateway makes of one; no name of a group holds a space. */
export function groupsOf(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((one): one is string => typeof one === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[(.*)\]$/s, '$1')
    .split(' ')
    .filter((one) => one !== '');
}

/** The highest role among groups; null where none of them is one. */
function roleOf(groups: readonly string[]): Role | null {
  return ROLES.filter((role) => groups.includes(role)).reduce<Role | null>(
    (highest, role) => (highest === null || mayCall(role, highest) ? role : highest),
    null,
  );
}

const NO_TOKEN: Problem = {
  ...{ status: 401, code: 'no-token', title: 'Nobody is signed in' },
  detail: 'send an access token of this service: Authorization: Bearer …',
};
const NO_GROUP = forbidden(
  'your account is in no group: ask an operator to put it into reader, editor or operator',
);
