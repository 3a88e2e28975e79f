import type { RouteId } from '../../shared/api/routes.ts';
import { alerts } from './alerts/list.ts';
import { replay } from './alerts/replay.ts';
import { alert } from './alerts/view.ts';
import { data } from './data/data.ts';
import { decideHeld, observe } from './data/decide.ts';
import { market } from './data/market.ts';
import { series } from './data/series.ts';
import type { HandlersOf, PeopleRoute } from './handler.ts';
import { evaluateNow, outbox, outboxMessage } from './machine/machine.ts';
import { me } from './me.ts';
import { openapi } from './openapi.ts';
import { ruleHandlers, type RuleRoute } from './rules/handlers.ts';
import { liftSilence, silence, silences } from './silences/silences.ts';

/** What answers each route that is neither about rules nor about subscriptions. */
const OTHERS: HandlersOf<Exclude<RouteId, RuleRoute | PeopleRoute>> = {
  ...{ me, market, series, data, decideHeld, observe, openapi },
  ...{ alerts, alert, replay, silences, silence, liftSilence },
  ...{ outbox, outboxMessage, evaluateNow },
};

/** What answers each route of the function `api`. */
export const API_HANDLERS: HandlersOf<Exclude<RouteId, PeopleRoute>> = { ...OTHERS, ...ruleHandlers };
