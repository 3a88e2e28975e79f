import type { Alert } from '../../shared/alerts/alert.ts';
import type { AlertRecord, DeliveryState } from '../../shared/ports/records.ts';

/** An alert record that says little, for stores. */
export function alertRecord(
  rule: string,
  session: string,
  delivery: DeliveryState = { kind: 'unsent' },
): AlertRecord {
  const alert: Alert = {
    id: `${rule}/${rule}@${session}/fired/${session}`,
    rule,
    title: `Title of ${rule}`,
    note: '',
    severity: 'notice',
    tags: [],
    kind: 'fired',
    session,
    episode: `${rule}@${session}`,
    episodeStart: session,
    duration: 1,
    value: 0.1 + 0.2,
    peak: 7,
    threshold: 7,
    definition: {
      expression: 'ret(A) > 0',
      measure: 'ret(A)',
      measureUnit: 'ratio',
      marginUnit: 'ratio',
      instruments: [],
      sources: [],
      version: '00000000',
      resolvesWhen: 'not (ret(A) > 0)',
      keepFiring: 0,
      direction: 'up',
      threshold: '0',
      words: {
        measure: null,
        clause: null,
        counts: null,
        tally: null,
        restarts: null,
        figure: 'plain',
        condition: 'A rose',
        resolvesWhen: 'A did not rise',
        outcomes: {},
      },
    },
    precedent: null,
    margin: null,
    baseRate: [],
    evidence: [],
    inputs: [],
    withoutData: [],
    alreadyTrue: false,
    late: false,
    reason: null,
    corrects: null,
    correctedFiring: null,
  };
  const message = { subject: `Tidemark: ${rule}`, email: 'It happened.', sms: 'It happened' };
  return { alert, message, createdAt: 1_768_250_000_000, delivery };
}
