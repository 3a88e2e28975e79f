import type { RouteId } from '../../shared/api/routes.ts';
import { alerts } from './alerts/list.ts';
import { replay } from './alerts/replay.ts';
import { alert } from './alerts/view.ts';
import { data } from './data/data.ts';
import { decideHeld, observe } from './data/decide.ts';
import { market } from './data/market.ts';
import { series } from './data/series.ts';
import type { HandlersOf } from './handler.ts';
import { confirm, evaluateNow, outbox, outboxMessage } from './machine/machine.ts';
import { me } from './me.ts';
import { openapi } from './openapi.ts';
import { ruleHandlers, type RuleRoute } from './rules/handlers.ts';
import { liftSilence, silence, silences } from './silences/silences.ts';
import { subscribe } from './subscriptions/subscribe.ts';
import { subscriptions, unsubscribe } from './subscriptions/subscriptions.ts';

/** What answers each route that is not about rules. */
const OTHERS: HandlersOf<Exclude<RouteId, RuleRoute>> = {
  ...{ me, market, series, data, decideHeld, observe, openapi },
  ...{ alerts, alert, replay, silences, silence, liftSilence },
  ...{ subscriptions, subscribe, unsubscribe },
  ...{ confirm, outbox, outboxMessage, evaluateNow },
};

/** What answers each route. */
export const HANDLERS: HandlersOf<RouteId> = { ...OTHERS, ...ruleHandlers };
