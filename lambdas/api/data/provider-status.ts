import { type LastAnswer, readAnswers, readConfigured } from '../../../adapters/providers/answered.ts';
import { PROVIDERS, type ProviderName } from '../../../adapters/providers/answer.ts';
import { OFFERS } from '../../../adapters/providers/offers.ts';
import { sourceName } from '../../../shared/acceptance/source-name.ts';
import type { RecordStore } from '../../../shared/ports/records.ts';
import type { ProviderStatus } from '../ground.ts';

/** How every provider stands, by what the service noted when it last asked. */
export async function providerStatus(records: RecordStore): Promise<readonly ProviderStatus[]> {
  const configured = new Set((await readConfigured(records))?.providers);
  const answers = await readAnswers(records);
  return PROVIDERS.map((name) => statusOf(name, configured.has(name), answers.get(name)));
}

function statusOf(name: ProviderName, configured: boolean, answer: LastAnswer | undefined): ProviderStatus {
  const { needs, gives, without } = OFFERS[name];
  const last = answer === undefined ? null : { at: answer.at, outcome: answer.kind };
  const detail = answer === undefined || answer.detail === '' ? '' : ` Last answer: ${answer.detail}`;
  const off =
    needs.length === 0 ? `off: ${gives}` : `off, needs ${needs.join(' and ')}: without it ${without}`;
  const text = `${configured ? `on: ${gives}` : off}.${detail}`;
  return { name, title: titleOf(name), configured, last, text };
}

/** What a provider is called here: of two doors of one publisher, the one that takes no key is told apart. */
function titleOf(name: ProviderName): string {
  const title = sourceName(name);
  const twice = PROVIDERS.filter((other) => sourceName(other) === title).length > 1;
  return twice && OFFERS[name].needs.length === 0 ? `${title} without a key` : title;
}
