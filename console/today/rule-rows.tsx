import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Sparkline } from '../chart/sparkline.tsx';
import { Card } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { Distance } from '../parts/distance.tsx';
import { StatePill } from '../parts/pill.tsx';
import { Empty } from '../parts/table.tsx';

type Rule = Answer<'today'>['rules'][number];

const ORDER = ['broken', 'firing', 'pending', 'inactive', 'disabled'] as const;
const LOUDNESS = ['urgent', 'notice', 'info'] as const;

/** Every rule: those that speak first, the urgent before the others, then the ones that are nearest to it. */
export function RuleRows({ rules }: { readonly rules: readonly Rule[] }): ComponentChildren {
  return (
    <Card title="Rules" aside={counts(rules)}>
      {rules.length === 0 ? (
        <Empty>
          There is no rule yet. Put one into a file in <code>rules/</code>, or{' '}
          <a href="/rules?new">write one here</a>.
        </Empty>
      ) : (
        <ol class="plain rule-rows">
          {rules.toSorted(byInterest).map((rule) => (
            <RuleRow key={rule.id} rule={rule} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function RuleRow({ rule }: { readonly rule: Rule }): ComponentChildren {
  const { standing } = rule;
  return (
    <li class="rule-row">
      <div class="rule-row-name">
        <h3>
          <a href={`/rules/${encodeURIComponent(rule.id)}`}>{rule.title}</a>
        </h3>
        <p class="soft small">{standing.reason ?? rule.words}</p>
        <p class="rule-row-state soft small">
          <StatePill state={standing.state} noData={standing.noData} />
          {standing.since === null ? null : (
            <span>
              since <Day date={standing.since} />
            </span>
          )}
        </p>
      </div>
      <div class="rule-row-measure">
        <p class="rule-row-value">
          <span>{standing.valueText ?? <span class="soft">no figure</span>}</span>
          {standing.thresholdText === null ? null : (
            <span class="rule-row-threshold">
              <span class="heard">threshold </span>
              {standing.thresholdText}
            </span>
          )}
        </p>
        {standing.distance === null ? null : <Distance standing={standing} words="short" />}
      </div>
      <Sparkline values={rule.recent.values} threshold={standing.threshold} />
    </li>
  );
}

function byInterest(a: Rule, b: Rule): number {
  return (
    ORDER.indexOf(a.standing.state) - ORDER.indexOf(b.standing.state) ||
    LOUDNESS.indexOf(a.severity) - LOUDNESS.indexOf(b.severity) ||
    (b.standing.distance?.share ?? -1) - (a.standing.distance?.share ?? -1)
  );
}

function counts(rules: readonly Rule[]): string {
  return ORDER.map((state) => {
    const found = rules.filter(({ standing }) => standing.state === state).length;
    return found === 0 ? '' : `${found} ${state}`;
  })
    .filter(Boolean)
    .join(' · ');
}
