import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { call, type Outcome } from '../api/client.ts';
import { Card } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { Failure } from '../parts/failure.tsx';
import { Pill } from '../parts/pill.tsx';
import { Progress } from '../parts/progress.tsx';

type Told = Outcome<Answer<'replay'>>;

/** Tells the day of an alert again from what was known then, and compares it with the record. */
export function Replay({ alert }: { readonly alert: Answer<'alert'> }): ComponentChildren {
  const [told, setTold] = useState<Told | 'telling' | null>(null);
  const { session, id } = alert;
  const tell = async (): Promise<void> => {
    setTold('telling');
    setTold(await call('replay', { params: { session } }));
  };
  return (
    <Card title="Replay">
      <p>
        Tells <Day date={session} /> again from what was known then, and lays it beside the record.
      </p>
      <p class="replay-button">
        <button type="button" class="button" disabled={told === 'telling'} onClick={() => void tell()}>
          Replay this day
        </button>
      </p>
      <div aria-live="polite">
        <Verdict told={told} id={id} />
      </div>
    </Card>
  );
}

function Verdict({
  told,
  id,
}: {
  readonly told: Told | 'telling' | null;
  readonly id: string;
}): ComponentChildren {
  if (told === null) return null;
  if (told === 'telling') return <Progress what="Telling the day again" />;
  if (!told.ok) return <Failure problem={told.problem} />;
  const { alerts, missing } = told.value;
  const own = alerts.find((one) => one.id === id);
  return (
    <>
      <p class="replay-verdict">
        {own === undefined ? (
          <Pill tone="bad" symbol="✕">
            not told this time
          </Pill>
        ) : (
          <Recorded as={own.recorded} />
        )}
      </p>
      <p class="soft small">{others(alerts, missing, id)}</p>
    </>
  );
}

function Recorded({
  as,
}: {
  readonly as: Answer<'replay'>['alerts'][number]['recorded'];
}): ComponentChildren {
  if (as === 'same') {
    return (
      <Pill tone="good" symbol="✓">
        same, byte for byte
      </Pill>
    );
  }
  return (
    <Pill tone={as === 'other' ? 'bad' : 'amber'} symbol={as === 'other' ? '≠' : '?'}>
      {as === 'other' ? 'differs from the record' : 'nothing was recorded of it'}
    </Pill>
  );
}

function others(alerts: Answer<'replay'>['alerts'], missing: readonly string[], id: string): string {
  const rest = alerts.filter((one) => one.id !== id);
  const same = rest.filter(({ recorded }) => recorded === 'same').length;
  const lost = missing.length === 0 ? '' : ` ${missing.length} recorded and not told now.`;
  if (rest.length === 0) return `It was the only alert of that session.${lost}`;
  return `${same} of ${rest.length} other alerts of that session are the same too.${lost}`;
}
