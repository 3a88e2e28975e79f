import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { withDays } from '../parts/dates.ts';
import { Field } from '../parts/field.tsx';
import { Kind } from '../parts/pill.tsx';
import { Explained } from './explained.tsx';

/** Why a rule spoke on a session or did not, for the session a reader names. */
export function DecisionQuestion({
  id,
  latest,
}: {
  readonly id: string;
  /** The session that stands in the input at first; null where nothing is evaluated. */
  readonly latest: string | null;
}): ComponentChildren {
  const [session, setSession] = useState(latest ?? '');
  const [asked, ask] = useState<string | null>(null);
  return (
    <div class="stack">
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (session !== '') ask(session);
        }}
      >
        <Field label="Session">
          {(names) => (
            <input
              {...names}
              type="date"
              required
              value={session}
              min="1980-01-01"
              max="2027-12-31"
              onInput={({ currentTarget }) => setSession(currentTarget.value)}
            />
          )}
        </Field>
        <button type="submit" class="button">
          Ask
        </button>
      </form>
      {asked === null ? null : <DecisionAnswer id={id} session={asked} />}
    </div>
  );
}

function DecisionAnswer({
  id,
  session,
}: {
  readonly id: string;
  readonly session: string;
}): ComponentChildren {
  const answer = useAnswer('decision', { params: { id, session } });
  return (
    <div aria-live="polite">
      <Answered asked={answer} what="Going back to that session">
        {(decision) => (
          <div class="decided">
            <p class="decided-answer">{withDays(decision.answer)}</p>
            <ol class="steps">
              {decision.steps.map(({ what, text }) => (
                <li key={what}>
                  <strong>{what}:</strong> {withDays(text)}
                </li>
              ))}
            </ol>
            {decision.alerts.length === 0 ? null : (
              <ul class="plain">
                {decision.alerts.map((alert) => (
                  <li key={alert.id}>
                    <Kind of={alert.kind} /> <a href={`/alerts/${encodeURIComponent(alert.id)}`}>its alert</a>
                    , {alert.delivery}
                  </li>
                ))}
              </ul>
            )}
            {decision.explained === null ? null : (
              <details>
                <summary>Part by part on that session</summary>
                <Explained text={decision.explained.text} whole={decision.explained} />
              </details>
            )}
          </div>
        )}
      </Answered>
    </div>
  );
}
