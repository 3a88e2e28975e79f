import type { Alert, BaseRate, Message, OutcomeFigures } from '../../shared/alerts/alert.ts';

/** One line of base rates as scripts read it. */
export function baseRateKeys({ outcome, horizon, all, ...figures }: BaseRate): Record<string, unknown> {
  return { outcome, horizon, ...figureKeys(figures), all: figureKeys(all) };
}

/** One alert with its message as scripts read it: no key beside these, null for what the rule lacks. */
export function alertKeys(alert: Alert, { subject, sms, email }: Message): Record<string, unknown> {
  const { id, rule, kind, session, episode, value, threshold, precedent, margin, baseRate } = alert;
  return {
    id,
    rule,
    kind,
    session,
    episode,
    value,
    threshold,
    precedent: precedent && precedentKeys(precedent),
    margin: margin && { value: margin.value, session: margin.session },
    baseRate: baseRate.map(baseRateKeys),
    subject,
    sms,
    email,
  };
}

function precedentKeys(precedent: NonNullable<Alert['precedent']>): Record<string, unknown> {
  const { rank, of, atLeast, higher, dataSince } = precedent;
  return { rank, of, atLeast, higher, dataSince };
}

function figureKeys({ n, mean, median, positive, worst }: OutcomeFigures): OutcomeFigures {
  return { n, mean, median, positive, worst };
}
