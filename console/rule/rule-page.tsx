import type { ComponentChildren } from 'preact';
import type { RuleView } from '../../shared/api/rules.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Card, Figure, Figures, PageHead } from '../parts/card.tsx';
import { withDays } from '../parts/dates.ts';
import { Day } from '../parts/day.tsx';
import { Severity, StatePill } from '../parts/pill.tsx';
import { Empty } from '../parts/table.tsx';
import { useTitle } from '../parts/title.ts';
import { RuleActions } from './actions.tsx';
import { RuleAlerts } from './alerts.tsx';
import { BaseRates } from '../parts/base-rates.tsx';
import { CourseChart } from './course.tsx';
import { DecisionQuestion } from './decision.tsx';
import { Distance } from '../parts/distance.tsx';
import { Episodes } from './episodes.tsx';
import { Evidence } from './evidence.tsx';
import { Explained, ExpressionText } from './explained.tsx';
import { Findings } from './findings.tsx';
import { Marks, missingRule } from './marks.tsx';
import { Audience, MessagePreview } from './message.tsx';
import { Versions } from './versions.tsx';

/** One rule: what it says, where it stands, what it did, and what it would tell whom. */
export function RulePage({ id }: { readonly id: string }): ComponentChildren {
  const asked = useAnswer('rule', { params: { id } });
  return (
    <Answered asked={asked} what="Reading the rule and its history" heading="Rule" missing={missingRule(id)}>
      {(rule) => <Shown rule={rule} again={asked.again} />}
    </Answered>
  );
}

interface Told {
  readonly rule: RuleView;
  readonly again: () => void;
}

function Shown({ rule, again }: Told): ComponentChildren {
  useTitle(rule.title);
  return (
    <article class="rule">
      <p class="crumbs small">
        <a href="/rules">Rules</a> <span aria-hidden="true">/</span> <code>{rule.id}</code>
      </p>
      <PageHead title={rule.title} lead={rule.words}>
        <RuleActions rule={rule} again={again} />
      </PageHead>
      <p class="rule-marks">
        <StatePill state={rule.standing.state} noData={rule.standing.noData} />
        <Severity of={rule.severity} />
        <Marks rule={rule} />
      </p>
      {rule.deleted ? <Deleted /> : null}
      <Findings findings={rule.findings} />
      <Stands rule={rule} />
      <div class="columns">
        <div class="stack">
          <Main rule={rule} again={again} />
        </div>
        <div class="stack">
          <Side rule={rule} />
        </div>
      </div>
    </article>
  );
}

function Deleted(): ComponentChildren {
  return (
    <p class="notice">
      This rule is deleted: it is evaluated no more and says nothing. Restore one of its versions to bring it
      back.
    </p>
  );
}

function Main({ rule, again }: Told): ComponentChildren {
  const { course, standing } = rule;
  const asOf = standing.session === null ? undefined : <Day date={standing.session} />;
  return (
    <>
      <Card title="Its whole history" aside={course === null ? undefined : withDays(course.summary)}>
        {course === null ? (
          <Empty>It cannot be evaluated as it is written, so there is no history to draw.</Empty>
        ) : (
          <CourseChart course={course} measure={rule.draft?.measure ?? rule.canonical ?? rule.title} />
        )}
      </Card>
      <Card title="Part by part" aside={asOf}>
        <Parts rule={rule} />
      </Card>
      {course === null ? null : (
        <>
          <Card title="What followed">
            <BaseRates rates={course.baseRates} />
          </Card>
          <Card title="Episodes" aside={course.episodes.length}>
            <Episodes episodes={course.episodes} caption={`Episodes of ${rule.title}, latest first`} />
          </Card>
        </>
      )}
      <Card title="What subscribers would read">
        <MessagePreview message={rule.message} />
      </Card>
      <Card title="Alerts sent">
        <RuleAlerts id={rule.id} />
      </Card>
      <Card title="Versions">
        <Versions rule={rule} restored={again} />
      </Card>
    </>
  );
}

function Parts({ rule }: { readonly rule: RuleView }): ComponentChildren {
  const { explained, canonical, resolvesWords } = rule;
  return (
    <>
      {explained !== null && canonical !== null ? (
        <Explained text={canonical} whole={explained} />
      ) : (
        <ExpressionText text={canonical ?? rule.draft?.when ?? rule.text} />
      )}
      {resolvesWords === null ? null : <p class="resolves soft">It ends when {resolvesWords}.</p>}
    </>
  );
}

function Stands({ rule }: { readonly rule: RuleView }): ComponentChildren {
  const { standing } = rule;
  const asOf = standing.session === null ? undefined : <Day date={standing.session} />;
  return (
    <Card class="stands" title="Where it stands" aside={asOf}>
      <div class="stands-inside">
        <Distance standing={standing} />
        <Figures>
          <Figure label="Now" value={standing.valueText ?? '–'} />
          <Figure label="Threshold" value={standing.thresholdText ?? '–'} />
          <Figure label={`${capital(standing.state)} since`} value={<Day date={standing.since} />} />
        </Figures>
      </div>
    </Card>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function Side({ rule }: { readonly rule: RuleView }): ComponentChildren {
  return (
    <>
      {rule.note === '' ? null : (
        <Card title="Why it matters">
          <p class="note">{rule.note}</p>
        </Card>
      )}
      <Evidence evidence={rule.evidence} />
      <Card title="Who would be told">
        <Audience audience={rule.audience} />
      </Card>
      <Card title="Why did it, or did it not, speak?">
        <DecisionQuestion id={rule.id} latest={rule.standing.session} />
      </Card>
    </>
  );
}
