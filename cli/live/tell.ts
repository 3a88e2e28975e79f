import { PROVIDERS, type ProviderName } from '../../adapters/providers/answer.ts';
import { givesCloses, NO_CLOSES, OFFERS, YAHOO_MEANS } from '../../adapters/providers/offers.ts';
import { wrap } from '../../shared/alerts/message/wrap.ts';
import type { Context } from '../context.ts';

/** Says who is asked and who is not, what that lacks, and first of all where nobody gives closes. */
export function tellProviders({ out }: Context, configured: ReadonlySet<ProviderName>): void {
  const warnings = [
    ...(givesCloses(configured) ? [] : [NO_CLOSES]),
    ...(configured.has('yahoo') ? [YAHOO_MEANS] : []),
  ];
  const lines = [
    '',
    out.paint('bold', 'Providers'),
    ...PROVIDERS.map((name) => {
      const on = configured.has(name);
      return `  ${out.paint(on ? 'cyan' : 'dim', name.padEnd(10))}  ${standingText(name, on)}`;
    }),
    ...warnings.map((text) => out.paint('yellow', wrap(text))),
  ];
  out.write(`${lines.join('\n')}\n`);
}

/** How a provider stands, in one line. */
export function standingText(name: ProviderName, on: boolean): string {
  const { needs, gives, without } = OFFERS[name];
  return on ? `on: ${gives}` : `off, needs ${needs.join(' and ')}: without it ${without}`;
}
