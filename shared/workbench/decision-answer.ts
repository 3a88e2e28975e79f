import { counted } from '../alerts/message/numbers.ts';
import { deliveryText } from '../service/delivery-text.ts';
import type { Facts, OnRecord } from './decision-facts.ts';
import { distanceTo } from './distance.ts';

/** One sentence on why a rule did or did not speak on a session. */
export function answerOf(facts: Facts, record: OnRecord): string {
  if (record.alerts.length > 0) return spoke(record);
  return `It said nothing: ${whyNothing(facts, record)}.`;
}

function spoke({ alerts }: OnRecord): string {
  const told = alerts.map(({ alert, delivery }) => {
    const detail = delivery.kind === 'withheld' ? `, ${delivery.detail}` : '';
    return `${alert.kind} (${deliveryText(delivery)}${detail})`;
  });
  return `It spoke: ${told.join('; ')}.`;
}

function whyNothing(facts: Facts, record: OnRecord): string {
  const { viewed, index, state, before, when } = facts;
  const session = viewed.sessions[index] ?? '';
  const { definition, state: kept } = record;
  if (when === null) {
    const [first] = facts.lacking;
    return `it had no data${first === undefined ? '' : `, since ${first}`}`;
  }
  const speaks = (state === 'firing') !== (before === 'firing');
  if (!speaks) return quietly(facts);
  if (session < definition.live) {
    return `it ${state === 'firing' ? 'began to fire' : 'was resolved'} before it was live (${definition.live}), and history is never told`;
  }
  if (definition.state !== 'enabled') return `it is ${definition.state}`;
  if (kept.failure !== null && kept.failure.session >= session)
    return `it could not be evaluated: ${kept.failure.reason}`;
  if (kept.evaluated === null || kept.evaluated < session)
    return 'it has not been evaluated on that session yet';
  return 'what is computed now differs from what was known on that evening';
}

/** Nothing began and nothing ended. */
function quietly(facts: Facts): string {
  const { viewed, state, memory, index, when } = facts;
  const { rule } = viewed;
  if (state === 'pending') {
    return `the condition was true on ${memory.trueRun} of the ${counted(rule.hold, 'session')} it has to hold`;
  }
  if (state === 'firing') {
    const since = sinceOf(facts);
    if (when === false && memory.resolveRun > 0)
      return `it has been firing since ${since}, and its end is not there yet`;
    return `it has been firing since ${since}, and there was nothing new to tell`;
  }
  const at = { ...viewed, sessions: viewed.sessions.slice(0, index + 1) };
  const distance = distanceTo(at);
  return `the condition was not true${distance === null ? '' : ` (${distance.text})`}`;
}

function sinceOf({ viewed: { view, sessions }, index }: Facts): string {
  const episode = view.course.episodes.findLast(({ start }) => start <= index);
  return sessions[episode?.start ?? -1] ?? 'long ago';
}
