import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Card, Figure, Figures } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';

/** Value, precedent and margin of an alert, side by side. */
export function AlertFigures({ alert }: { readonly alert: Answer<'alert'> }): ComponentChildren {
  const { valueText, thresholdText, peakText, precedent, margin, episodeStart, duration } = alert;
  return (
    <Card title="The figures">
      <Figures>
        <Figure
          label="Value"
          value={valueText ?? 'none'}
          note={thresholdText === null ? 'no threshold' : `threshold ${thresholdText}`}
        />
        {precedent === null ? null : (
          <Figure
            label="Rank"
            value={`${precedent.rank} of ${precedent.of}`}
            note={<Last precedent={precedent} />}
          />
        )}
        {episodeStart === null ? null : (
          <Figure
            label="Episode"
            value={durationText(duration)}
            note={
              <>
                since <Day date={episodeStart} />
                {peakText === null ? null : `, furthest ${peakText}`}
              </>
            }
          />
        )}
      </Figures>
      <dl class="said">
        <Said label="How unusual" text={precedent?.text} />
        <Said label="How close" text={margin?.text} />
      </dl>
    </Card>
  );
}

function Said({
  label,
  text,
}: {
  readonly label: string;
  readonly text: string | undefined;
}): ComponentChildren {
  if (text === undefined) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function durationText(sessions: number | null): string {
  if (sessions === null) return 'open';
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}

/** The last session that was as far, or from when on there was none. */
function Last({
  precedent: { atLeast, dataSince },
}: {
  readonly precedent: NonNullable<Answer<'alert'>['precedent']>;
}): ComponentChildren {
  if (atLeast !== null) {
    return (
      <>
        last as far on <Day date={atLeast} />
      </>
    );
  }
  return dataSince === null ? (
    'no earlier session'
  ) : (
    <>
      never since data starts, <Day date={dataSince} />
    </>
  );
}
