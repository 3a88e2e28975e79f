import type { ComponentChildren } from 'preact';
import { Card } from '../../parts/card.tsx';
import { withDays } from '../../parts/dates.ts';
import { Failure } from '../../parts/failure.tsx';
import { StatePill } from '../../parts/pill.tsx';
import { Empty } from '../../parts/table.tsx';
import { BaseRates } from '../../parts/base-rates.tsx';
import { CourseChart } from '../course.tsx';
import { Distance } from '../../parts/distance.tsx';
import { Episodes } from '../episodes.tsx';
import { Explained } from '../explained.tsx';
import { type Difference, FiringsDiff } from '../firings-diff.tsx';
import { Audience, MessagePreview } from '../message.tsx';
import type { Live } from './use-preview.ts';

/** What a draft is and would have done, while it is being typed. */
export function LiveAnswer({
  live,
  difference,
}: {
  readonly live: Live;
  /** How it differs from the version that stands; null for a new rule and while nobody knows. */
  readonly difference: Difference | null;
}): ComponentChildren {
  const { preview, course, measure, problem } = live;
  return (
    <div class="stack live">
      <Card title="What it would have done">
        <Headline live={live} />
        {problem === null || problem.code === 'aborted' ? null : <Failure problem={problem} />}
        {course === null ? (
          <Empty>Write a condition, and its whole history is drawn here.</Empty>
        ) : (
          <div class={isStale(live) ? 'is-stale' : 'is-current'}>
            <CourseChart course={course} measure={measure} first={null} />
            <details>
              <summary>Every episode</summary>
              <Episodes episodes={course.episodes} caption="Episodes it would have had, latest first" />
            </details>
          </div>
        )}
      </Card>
      {preview?.standing === null || preview?.standing === undefined ? null : (
        <Card title="Where it stands" aside={<StatePill state={preview.standing.state} />}>
          {preview.words === null ? null : <p class="live-words">{preview.words}</p>}
          <Distance standing={preview.standing} />
          {preview.explained === null || preview.canonical === null ? null : (
            <details>
              <summary>Part by part</summary>
              <Explained text={preview.canonical} whole={preview.explained} />
            </details>
          )}
        </Card>
      )}
      {difference === null ? null : (
        <Card title="Against the version that stands">
          <FiringsDiff difference={difference} />
        </Card>
      )}
      <Consequences live={live} />
    </div>
  );
}

function Consequences({ live }: { readonly live: Live }): ComponentChildren {
  const { preview } = live;
  if (preview?.course === null || preview?.course === undefined) return null;
  return (
    <>
      <Card title="What followed">
        <BaseRates rates={preview.course.baseRates} />
      </Card>
      <Card title="What would be sent">
        {preview.audience === null ? null : <Audience audience={preview.audience} />}
        <MessagePreview message={preview.message} />
      </Card>
    </>
  );
}

/** Whether the course on the page is that of an earlier text, since the text as it is has errors. */
function isStale({ preview }: Live): boolean {
  return preview !== null && preview.course === null;
}

/** The answer in one sentence; it is read out when it changes. */
function Headline({ live }: { readonly live: Live }): ComponentChildren {
  const { preview, waiting } = live;
  const summary = preview?.course?.summary ?? null;
  return (
    <p class="live-headline" role="status" aria-live="polite">
      {summary === null ? headlineOf(live) : withDays(wouldHave(summary))}
      {waiting ? <span class="live-wait" aria-hidden="true" /> : null}
    </p>
  );
}

function headlineOf({ preview, course }: Live): string {
  if (preview === null) return 'Nothing to draw yet.';
  return course === null
    ? 'It has errors, so there is nothing to draw yet.'
    : 'It has errors. The chart is that of the last text without any.';
}

/** "Fired 12 times since …" is "Would have fired 12 times since …" of a draft. */
function wouldHave(summary: string): string {
  if (summary.startsWith('Fired ')) return `Would have fired ${summary.slice(6)}`;
  if (summary.startsWith('Never fired')) return `Would never have fired${summary.slice(11)}`;
  return summary;
}
