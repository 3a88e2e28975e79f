import type { Access } from '../../lambdas/api/access.ts';
import { forbidden } from '../../lambdas/api/problem.ts';
import { failure, success } from '../../shared/result.ts';
import { refusal } from '../status/own-requests.ts';

/** Whoever is at this machine may do all that its owner's shell could. */
const OWNER = { user: 'local', role: 'operator' } as const;

/** What a browser says of a request that a page of another origin makes, on this machine or elsewhere. */
const FOREIGN: ReadonlySet<string> = new Set(['cross-site', 'same-site']);

/** Lets in whatever this machine asks of itself, and nothing that another one or another page asks through a browser here. */
export const localAccess: Access = ({ req }) => {
  const refused = refusal({ host: req.header('host'), origin: req.header('origin') });
  if (refused !== null) return failure(forbidden(refused));
  if (FOREIGN.has(req.header('sec-fetch-site') ?? '')) {
    return failure(forbidden('This is for pages of its own only.'));
  }
  return success(OWNER);
};
