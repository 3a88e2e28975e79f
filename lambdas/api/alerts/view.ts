import type * as z from 'zod/mini';
import type { Alert, BaseRate } from '../../../shared/alerts/alert.ts';
import { FEW } from '../../../shared/alerts/base-rate.ts';
import { precedentSentences } from '../../../shared/alerts/message/claims.ts';
import { shortDate } from '../../../shared/alerts/message/dates.ts';
import { marginSentences } from '../../../shared/alerts/message/email-sections.ts';
import type { alertView } from '../../../shared/api/records.ts';
import type { baseRate } from '../../../shared/api/rules.ts';
import { failure, success } from '../../../shared/result.ts';
import { segmentsOf } from '../../../shared/workbench/message-preview.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { definitionOf } from './definition.ts';
import { figureText, lineOf } from './line.ts';

type AlertView = z.infer<typeof alertView>;

/** One alert as it was recorded, in the figures and the words of its messages. */
export const alert: Handler<'alert'> = async ({ ground, params: { id } }) => {
  const record = await ground.alerts.get(id);
  if (record === null) return failure(notFound(`no alert ${id} is recorded`));
  const { alert: told, message, createdAt } = record;
  const { episode, episodeStart, duration, value, threshold, peak, note, evidence, inputs } = told;
  return success({
    ...lineOf(record),
    ...{ note, email: message.email, sms: message.sms, segments: segmentsOf(message.sms) },
    ...{ createdAt, episode, episodeStart, duration, value, threshold },
    thresholdText: figureText(told, threshold),
    peakText: figureText(told, peak),
    definition: definitionOf(told),
    precedent: precedentOf(told),
    margin: told.margin === null ? null : { ...told.margin, text: marginSentences(told).join(' ') },
    baseRates: told.baseRate.map((one) => baseRateOf(told, one)),
    evidence: evidence.map((one) => ({ ...one })),
    inputs: inputs.map((one) => ({ ...one })),
    marks: marksOf(told, ground.sample),
  });
};

function precedentOf(told: Alert): AlertView['precedent'] {
  if (told.precedent === null) return null;
  const { rank, of, atLeast, higher, dataSince } = told.precedent;
  return { rank, of, atLeast, higher, dataSince, text: precedentSentences(told).join(' ') };
}

function baseRateOf(told: Alert, { outcome, ...figures }: BaseRate): z.infer<typeof baseRate> {
  const outcomeWords = told.definition.words.outcomes[outcome] ?? outcome;
  return { outcome, outcomeWords, ...figures, few: figures.n < FEW };
}

/** What is out of the ordinary about an alert. */
function marksOf(told: Alert, sample: string | null): string[] {
  const { corrects, correctedFiring, reason, withoutData } = told;
  return [
    ...(sample === null ? [] : ['sample data']),
    ...(told.late ? ['evaluated late'] : []),
    ...(told.alreadyTrue ? ['already true'] : []),
    ...(corrects === null
      ? []
      : [`corrects ${shortDate(corrects)}: ${correctedFiring === true ? 'it was so' : 'it was not so'}`]),
    ...(reason === null ? [] : [reason]),
    ...withoutData.map((condition) => `counted as not true for want of data: ${condition}`),
  ];
}
