import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';

type Rate = Answer<'alert'>['baseRates'][number];

const signed = new Intl.NumberFormat('en-US', {
  style: 'percent',
  minimumFractionDigits: 2,
  signDisplay: 'exceptZero',
});
const whole = new Intl.NumberFormat('en-US', { style: 'percent' });
const count = new Intl.NumberFormat('en-US');

const COLUMNS = ['n', 'mean', 'median', 'positive', 'worst'] as const;

/** What followed earlier episodes beside what followed any session, one table per outcome. */
export function BaseRates({ rates }: { readonly rates: readonly Rate[] }): ComponentChildren {
  const outcomes = [...new Set(rates.map(({ outcome }) => outcome))];
  return (
    <>
      {outcomes.map((outcome) => (
        <OutcomeTable key={outcome} rates={rates.filter((rate) => rate.outcome === outcome)} />
      ))}
      <p class="soft small">
        Returns after the first session of each earlier episode, and after any session, up to the session of
        this table. 5 sessions are about a week, 21 a month, 63 a quarter, 126 half a year, 252 a year.
      </p>
    </>
  );
}

function OutcomeTable({ rates }: { readonly rates: readonly Rate[] }): ComponentChildren {
  const [first] = rates;
  if (first === undefined) return null;
  return (
    <div class="scroll" role="region" aria-label={first.outcomeWords} tabIndex={0}>
      <table class="base-rates">
        <caption>
          {first.outcomeWords} <code class="soft">{first.outcome}</code>
        </caption>
        <Heads />
        <tbody>
          {rates.map((rate) => (
            <tr key={rate.horizon} class={rate.few ? 'few' : undefined}>
              <th scope="row">
                {rate.horizon} sessions
                {rate.few ? <span class="few-note">too few to rely on</span> : null}
              </th>
              {[rate, rate.all].flatMap((figures, side) =>
                COLUMNS.map((name, at) => (
                  <td key={`${side} ${name}`} class={cellClass(side, at)}>
                    {print(name, figures[name])}
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heads(): ComponentChildren {
  return (
    <thead>
      <tr>
        <td />
        <th scope="colgroup" colSpan={5}>
          After earlier episodes
        </th>
        <th scope="colgroup" colSpan={5} class="beside">
          After any session
        </th>
      </tr>
      <tr>
        <th scope="col">After</th>
        {[0, 1].flatMap((side) =>
          COLUMNS.map((name, at) => (
            <th key={`${side} ${name}`} scope="col" class={cellClass(side, at)}>
              {name}
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

function cellClass(side: number, at: number): string {
  return side === 1 && at === 0 ? 'number beside' : 'number';
}

function print(name: (typeof COLUMNS)[number], value: number | null): string {
  if (value === null) return '–';
  if (name === 'n') return count.format(value);
  return name === 'positive' ? whole.format(value) : signed.format(value);
}
