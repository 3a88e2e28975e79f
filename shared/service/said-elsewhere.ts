import type { Alert } from '../alerts/alert.ts';
import type { Session } from '../calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../ports/records.ts';
import type { DeliverRun } from './deliver-run.ts';
import { originalsOf, speakersInstead } from './replacing.ts';
import { readRuleState } from './rule-state.ts';

/** What begins the detail of an alert that is not sent because the original told the episode. */
const TOLD_BY = 'already told by';

/**
 * Why an alert is not sent because another rule says it: an enabled copy speaks instead of its rule, or its rule is a
 * copy whose original told the very episode before; null where neither is so.
 */
export async function saidElsewhere(run: DeliverRun, alert: Alert): Promise<string | null> {
  const rules = await run.rules();
  if (rules.every(({ replaces }) => replaces === undefined)) return null;
  const speaker = speakersInstead(rules).get(alert.rule);
  if (speaker !== undefined && (await canSpeak(run, speaker, alert.session))) {
    return (await isCorrectionOfTold(run, alert)) ? null : `replaced by ${speaker}`;
  }
  if (alert.kind !== 'fired' || !alert.alreadyTrue) return null;
  for (const original of originalsOf(alert.rule, rules)) {
    if (await toldSameEpisode(run.ground.alerts, original, alert)) return `${TOLD_BY} ${original}`;
  }
  return null;
}

/** A copy speaks once it is live and was evaluated on the session; one that fails leaves the voice to its original. */
async function canSpeak({ ground, rules }: DeliverRun, id: string, session: Session): Promise<boolean> {
  const live = (await rules()).find((one) => one.id === id)?.live;
  if (live === undefined || live > session) return false;
  const { evaluated, failure } = (await readRuleState(ground.records, id)).value;
  return evaluated !== null && evaluated >= session && failure === null;
}

/** What somebody was told and is not so is put right by whoever told it. */
async function isCorrectionOfTold({ ground }: DeliverRun, alert: Alert): Promise<boolean> {
  if (alert.kind !== 'correction' || alert.episode === null) return false;
  return (await howTold(ground.alerts, alert.episode, alert.session)) === 'by itself';
}

/** Whether somebody was told of the episode by its original, on the same conditions. */
async function toldSameEpisode(alerts: AlertStore, original: string, alert: Alert): Promise<boolean> {
  const { episodeStart, definition, session } = alert;
  if (episodeStart === null) return false;
  const openers = await openersBetween(alerts, episodeStart, session, (one) => {
    const same = one.definition.expression === definition.expression;
    return (
      one.rule === original &&
      one.episodeStart === episodeStart &&
      same &&
      one.definition.resolvesWhen === definition.resolvesWhen
    );
  });
  return openers.some(wentOut);
}

/**
 * Whether an episode was told to somebody, by its `fired`, by a `reminder` after a silence or by a correction, none of
 * which counts where it was refused for good; where none of these was ever made, it counts as told.
 */
export async function howTold(
  alerts: AlertStore,
  episode: string,
  to: Session,
): Promise<'by itself' | 'by the original' | 'never'> {
  // The id of an episode ends with its first session as first told.
  const openers = await openersBetween(alerts, episode.slice(-10), to, (one) => one.episode === episode);
  if (openers.length === 0 || openers.some(wentOut)) return 'by itself';
  const byOriginal = openers.some(
    ({ delivery }) => delivery.kind === 'withheld' && delivery.detail.startsWith(TOLD_BY),
  );
  return byOriginal ? 'by the original' : 'never';
}

function wentOut({ delivery }: AlertRecord): boolean {
  if (delivery.kind === 'failed') return false;
  return delivery.kind !== 'withheld' || delivery.reason === 'digest';
}

/** Alerts that open an episode and fit, of the sessions between two, both included. */
async function openersBetween(
  alerts: AlertStore,
  from: Session,
  to: Session,
  fits: (alert: Alert) => boolean,
): Promise<readonly AlertRecord[]> {
  const found: AlertRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<AlertStore['page']>> = await alerts.page({ from, to, limit: 200, cursor });
    found.push(...page.records.filter(({ alert }) => opens(alert) && fits(alert)));
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

function opens({ kind }: Alert): boolean {
  return kind === 'fired' || kind === 'reminder' || kind === 'correction';
}
