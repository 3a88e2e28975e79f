import type { Role } from '../../shared/api/route.ts';
import type { Answer, Body, Query, RouteId, ROUTES } from '../../shared/api/routes.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Result } from '../../shared/result.ts';
import type { ApiGround } from './ground.ts';
import type { Problem } from './problem.ts';

/** Who calls, and what that allows. */
export interface Caller {
  /** Stable and opaque: the subject of the token, or `local` on this machine. */
  readonly user: string;
  readonly role: Role;
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What stands in braces in a route's path, decoded. */
export type Params<Id extends RouteId> = Readonly<Record<NamesIn<(typeof ROUTES)[Id]['path']>, string>>;

/** One call whose every part is checked already. */
export interface Call<Id extends RouteId, Ground = ApiGround> {
  readonly params: Params<Id>;
  readonly query: Query<Id>;
  readonly body: Body<Id>;
  readonly caller: Caller;
  readonly ground: Ground;
  /** The time of the service when the call came. */
  readonly now: Instant;
}

/** Answers one route: with its value, or with the one problem that stands in its place. What it throws is a 500. */
export type Handler<Id extends RouteId, Ground = ApiGround> = (
  call: Call<Id, Ground>,
) => Promise<Result<Answer<Id>, Problem>>;

/** A handler for each of these routes. */
export type HandlersOf<Ids extends RouteId, Ground = ApiGround> = {
  readonly [Id in Ids]: Handler<Id, Ground>;
};

/** The routes that the function `people` serves; `api` serves all others. */
export type PeopleRoute = {
  [Id in RouteId]: (typeof ROUTES)[Id] extends { readonly by: 'people' } ? Id : never;
}[RouteId];
