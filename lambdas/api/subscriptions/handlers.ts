import type { PeopleGround } from '../ground.ts';
import type { HandlersOf, PeopleRoute } from '../handler.ts';
import { confirm } from './confirm.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions, unsubscribe } from './subscriptions.ts';

/** What answers each route of the function `people`. */
export const PEOPLE_HANDLERS: HandlersOf<PeopleRoute, PeopleGround> = {
  subscriptions,
  subscribe,
  unsubscribe,
  confirm,
};
