import type * as z from 'zod/mini';
import { measured, reading } from '../../../shared/alerts/message/numbers.ts';
import type { Alert } from '../../../shared/alerts/alert.ts';
import type { alertLine, deliveryView } from '../../../shared/api/records.ts';
import type { AlertRecord, DeliveryState } from '../../../shared/ports/records.ts';
import { deliveryText } from '../../../shared/service/delivery-text.ts';

/** An alert in a list. */
export type AlertLine = z.infer<typeof alertLine>;

/** An alert as the history lists it. */
export function lineOf({ alert, message, delivery }: AlertRecord): AlertLine {
  const { id, session, kind, rule, title, severity } = alert;
  const { subject } = message;
  return {
    ...{ id, session, kind, rule, title, severity, subject },
    valueText: valueText(alert),
    delivery: deliveryOf(delivery),
  };
}

/** The alert's value as its message prints it; null without a measure or a value. */
function valueText(alert: Alert): string | null {
  return alert.value === null || alert.definition.measure === null ? null : reading(alert);
}

/** Another figure of the alert's measure as its message prints it; null where there is none. */
export function figureText(alert: Alert, figure: number | null): string | null {
  return figure === null || alert.definition.measure === null ? null : measured(alert, figure);
}

function deliveryOf(delivery: DeliveryState): z.infer<typeof deliveryView> {
  const at = 'at' in delivery ? delivery.at : null;
  const attempts = 'attempts' in delivery ? delivery.attempts : 0;
  // That of a digest is its key, which tells a reader nothing.
  const told = delivery.kind === 'withheld' && delivery.reason !== 'digest' && delivery.detail !== '';
  const detail = told ? `: ${delivery.detail}` : '';
  return { kind: delivery.kind, text: `${deliveryText(delivery)}${detail}`, at, attempts };
}
