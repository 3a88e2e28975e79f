import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { weekdayText } from '../parts/dates.ts';
import { Day, Moment } from '../parts/day.tsx';
import { useTitle } from '../parts/title.ts';
import { sample } from '../session/session.ts';
import { Evidence } from './evidence.tsx';
import { Newest } from './newest.tsx';
import { RuleRows } from './rule-rows.tsx';

type Today = Answer<'today'>;

/** The state of the rotation: one sentence, every rule, what confirms it and what contradicts it. */
export function TodayPage(): ComponentChildren {
  const asked = useAnswer('today');
  useTitle('Today');
  const note = asked.kind === 'ready' ? asked.value.sample : undefined;
  useEffect(() => {
    if (note !== undefined) sample.value = note;
  }, [note]);
  return (
    <Answered asked={asked} what="Reading the state of the rotation" heading="Today">
      {(today) => (
        <>
          <Headline today={today} />
          <div class="columns">
            <RuleRows rules={today.rules} />
            <div class="stack">
              <Evidence lines={today.evidence} />
              <Newest alerts={today.alerts} />
            </div>
          </div>
        </>
      )}
    </Answered>
  );
}

function Headline({ today: { sentence, data, next } }: { readonly today: Today }): ComponentChildren {
  return (
    <header class="headline">
      <p class="headline-date">
        {data.asOf === null ? (
          'Nothing is stored yet'
        ) : (
          <>
            After the close of {weekdayText(data.asOf)}, <Day date={data.asOf} />
          </>
        )}
      </p>
      <Sentence text={sentence} />
      <p class="headline-data">
        <DataSign data={data} /> {data.text} <a href="/data">All data</a>
        {next === null ? null : (
          <>
            {' '}
            · next look <Moment at={next} />
          </>
        )}
      </p>
    </header>
  );
}

/** The sentence as a heading: what it says large, and how much speaks for it below, still one sentence. */
function Sentence({ text }: { readonly text: string }): ComponentChildren {
  const at = text.indexOf(': ');
  if (at < 0) return <h1 class="sentence">{text}</h1>;
  return (
    <h1 class="sentence">
      {text.slice(0, at)}
      <span class="heard">: </span>
      <span class="sentence-rest">{text.slice(at + 2)}</span>
    </h1>
  );
}

function DataSign({ data: { counts, asOf, finished } }: { readonly data: Today['data'] }): ComponentChildren {
  const doubtful = counts.stale + counts.missing + counts.held > 0 || asOf !== finished;
  return (
    <span class={doubtful ? 'sign amber' : 'sign good'} aria-hidden="true">
      {doubtful ? '!' : '✓'}
    </span>
  );
}
