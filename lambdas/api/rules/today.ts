import type { AlertRecord } from '../../../shared/ports/records.ts';
import { success } from '../../../shared/result.ts';
import { rotationOf } from '../../../shared/workbench/rotation.ts';
import { summariesOf } from '../../../shared/workbench/rule-view.ts';
import { dataNow } from '../data/data-now.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { libraryOf } from './library-of.ts';

/** Alerts shown for orientation. */
const NEWEST = 10;

/** The state of the rotation on the last session that has data. */
export const today: Handler<'today'> = async ({ ground, now }) => {
  const [shelf, data, alerts] = await Promise.all([
    libraryOf(ground).open(),
    dataNow(ground, now),
    newestAlerts(ground),
  ]);
  const rules = summariesOf(shelf);
  const { sentence, evidence } = rotationOf(shelf, rules);
  return success({
    ...{ sentence, now, data, rules, alerts },
    evidence: [...evidence],
    sample: ground.sample,
    next: ground.next(),
  });
};

async function newestAlerts({ alerts }: ApiGround) {
  const ever = { from: '1980-01-01', to: '2099-12-31', limit: NEWEST, cursor: null };
  const { records } = await alerts.page(ever);
  return records.map(({ alert, message }: AlertRecord) => {
    const { id, session, kind, rule, severity } = alert;
    return { id, session, kind, rule, severity, subject: message.subject };
  });
}
