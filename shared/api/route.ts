import type * as z from 'zod/mini';

/** What a caller may do; each role may do what the ones before it may. */
export const ROLES = ['reader', 'editor', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** One thing the API does: the router, the access check, the OpenAPI document and the console's client all read this. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/rules/{id}`: what stands in braces is one percent-encoded segment. */
  readonly path: string;
  /** The least role that may call it. */
  readonly role: Role;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** Absent where there is nothing to say in the address. */
  readonly query?: z.ZodMiniType;
  /** Absent where nothing is sent. */
  readonly body?: z.ZodMiniType;
  readonly answer: z.ZodMiniType;
  /** Where it is served: some things exist only on this machine. */
  readonly where?: 'local';
  /** Which function of a deployment serves it; `api` where it is absent. */
  readonly by?: 'people';
}

/** The head of a route, every part in its exact type: method, path, least role, summary. */
export function on<const Method extends Route['method'], const Path extends string, const Least extends Role>(
  method: Method,
  path: Path,
  role: Least,
  summary: string,
): { readonly method: Method; readonly path: Path; readonly role: Least; readonly summary: string } {
  return { method, path, role, summary };
}

/** Keeps the exact types of a table of routes. */
export function routesOf<const Table extends Readonly<Record<string, Route>>>(table: Table): Table {
  return table;
}

/** Whether a role may call what needs another one. */
export function mayCall(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
