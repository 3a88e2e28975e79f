import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Card, Figure, Figures } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';

/** Value, precedent and margin of an alert, side by side. */
export function AlertFigures({ alert }: { readonly alert: Answer<'alert'> }): ComponentChildren {
  const { valueText, thresholdText, peakText, precedent, margin, episodeStart, duration } = alert;
  return (
    <Card title="How far, how rare, how close">
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
        {margin === null ? null : (
          <Figure
            label="Margin"
            value={margin.text}
            note={
              <>
                on <Day date={margin.session} />
              </>
            }
          />
        )}
        {episodeStart === null ? null : (
          <Figure
            label="Episode"
            value={duration === null ? 'open' : `${duration} sessions`}
            note={
              <>
                since <Day date={episodeStart} />
                {peakText === null ? null : `, furthest ${peakText}`}
              </>
            }
          />
        )}
      </Figures>
      {precedent === null ? null : <p class="after-figures">{precedent.text}</p>}
    </Card>
  );
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
