import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Sparkline } from '../chart/sparkline.tsx';
import { PageHead } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { StatePill } from '../parts/pill.tsx';
import { Empty } from '../parts/table.tsx';
import { useTitle } from '../parts/title.ts';
import { offers } from '../session/session.ts';
import { Distance } from '../parts/distance.tsx';
import { addressOf, counts, listed, type RuleLine, STATES, type Wanted, wantedFrom } from './filter.ts';
import { Marks, ruleAddress } from './marks.tsx';

/** Every rule and where it stands; what is asked for is kept in the address. */
export function RuleListPage(): ComponentChildren {
  useTitle('Rules');
  const asked = useAnswer('rules');
  const { query, route } = useLocation();
  const wanted = wantedFrom(query);
  return (
    <>
      <PageHead title="Rules" lead="What is watched, where it stands, and how far it is from firing.">
        {offers('saveRule') ? (
          <a class="button primary" href="/rules?new">
            New rule
          </a>
        ) : null}
      </PageHead>
      <Answered asked={asked} what="Reading the rules">
        {({ rules }) => (
          <>
            <Filter rules={rules} wanted={wanted} want={(next) => route(addressOf(next), true)} />
            <List rules={listed(rules, wanted)} some={rules.length > 0} />
          </>
        )}
      </Answered>
    </>
  );
}

function Filter({
  rules,
  wanted,
  want,
}: {
  readonly rules: readonly RuleLine[];
  readonly wanted: Wanted;
  readonly want: (wanted: Wanted) => void;
}): ComponentChildren {
  const found = counts(rules, wanted.text);
  const total = [...found.values()].reduce((sum, count) => sum + count, 0);
  return (
    <search class="filter">
      <div class="segments" role="group" aria-label="State">
        <button
          type="button"
          aria-pressed={wanted.state === ''}
          onClick={() => want({ ...wanted, state: '' })}
        >
          All <span class="count">{total}</span>
        </button>
        {STATES.filter((state) => found.has(state) || wanted.state === state).map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={wanted.state === state}
            onClick={() => want({ ...wanted, state })}
          >
            {state} <span class="count">{found.get(state) ?? 0}</span>
          </button>
        ))}
      </div>
      <input
        type="search"
        aria-label="Search the rules"
        placeholder="Search title, tags, words"
        value={wanted.text}
        onInput={({ currentTarget }) => want({ ...wanted, text: currentTarget.value })}
      />
    </search>
  );
}

function List({
  rules,
  some,
}: {
  readonly rules: readonly RuleLine[];
  readonly some: boolean;
}): ComponentChildren {
  if (rules.length === 0) {
    return (
      <Empty>
        {some ? 'No rule is like that. Take away a filter to see the others.' : 'There is no rule yet.'}
      </Empty>
    );
  }
  return (
    <ul class="plain rule-list">
      {rules.map((rule) => (
        <Line key={rule.id} rule={rule} />
      ))}
    </ul>
  );
}

function Line({ rule }: { readonly rule: RuleLine }): ComponentChildren {
  const { standing } = rule;
  return (
    <li class={`rule-line ${standing.state}`}>
      <div class="rule-line-state">
        <StatePill state={standing.state} noData={standing.noData} />
        {standing.since === null ? null : (
          <span class="small soft">
            since <Day date={standing.since} />
          </span>
        )}
      </div>
      <div class="rule-line-words">
        <h2>
          <a href={ruleAddress(rule.id)}>{rule.title}</a>
        </h2>
        <p class="soft">{rule.words}</p>
        <p class="rule-line-marks small">
          <code>{rule.id}</code>
          <Marks rule={rule} />
        </p>
      </div>
      <div class="rule-line-distance">
        <p class="rule-line-value">
          {standing.valueText ?? '–'}
          {standing.thresholdText === null ? null : (
            <span class="soft small"> of {standing.thresholdText}</span>
          )}
        </p>
        <Distance standing={standing} words="short" />
      </div>
      <Sparkline values={rule.recent.values} threshold={standing.threshold} />
    </li>
  );
}
