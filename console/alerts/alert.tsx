import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { BaseRates } from '../parts/base-rates.tsx';
import { Card } from '../parts/card.tsx';
import { Day, Moment } from '../parts/day.tsx';
import { Kind, Severity } from '../parts/pill.tsx';
import { useTitle } from '../parts/title.ts';
import { Definition, EvidenceSides, Inputs } from './context.tsx';
import { AlertFigures } from './figures.tsx';
import { Messages } from './messages.tsx';
import { plainSubject } from './subject.ts';
import { Replay } from './replay.tsx';

/** One alert with everything it rests on. */
export function AlertPage(): ComponentChildren {
  const id = useRoute().params['id'] ?? '';
  const asked = useAnswer('alert', { params: { id } });
  return (
    <>
      <p class="crumb">
        <a href="/alerts">← All alerts</a>
      </p>
      <Answered
        asked={asked}
        what="Reading the alert"
        heading="Alert"
        missing={{ title: `There is no alert ${id}`, list: { href: '/alerts', text: 'See all alerts' } }}
      >
        {(alert) => <Body alert={alert} />}
      </Answered>
    </>
  );
}

type Alert = Answer<'alert'>;

function Body({ alert }: { readonly alert: Alert }): ComponentChildren {
  useTitle(plainSubject(alert.subject));
  return (
    <>
      <Head alert={alert} />
      <div class="stack">
        <AlertFigures alert={alert} />
        {alert.baseRates.length === 0 ? null : (
          <Card title="What followed earlier episodes">
            <BaseRates rates={alert.baseRates} />
          </Card>
        )}
        <div class="halves">
          <div class="stack">
            <Definition alert={alert} />
            <Inputs inputs={alert.inputs} />
          </div>
          <div class="stack">
            <EvidenceSides evidence={alert.evidence} />
            <Replay alert={alert} />
          </div>
        </div>
        <Messages alert={alert} />
      </div>
    </>
  );
}

function Head({ alert }: { readonly alert: Alert }): ComponentChildren {
  const { subject, kind, severity, session, rule, title, marks, delivery, note } = alert;
  return (
    <header class="alert-head">
      <p class="alert-pills">
        <Kind of={kind} />
        <Severity of={severity} />
        <Day date={session} />
        {marks.map((mark) => (
          <span key={mark} class="soft">
            {mark}
          </span>
        ))}
      </p>
      <h1>{plainSubject(subject)}</h1>
      <p class="lead">
        <a href={`/rules/${encodeURIComponent(rule)}`}>{title}</a> · {delivery.text}
        {delivery.at === null ? null : (
          <>
            {' '}
            <Moment at={delivery.at} />
          </>
        )}
      </p>
      {note === '' ? null : <p class="alert-note">{note}</p>}
    </header>
  );
}
