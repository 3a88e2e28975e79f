import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer, Body } from '../../shared/api/routes.ts';
import { useWrite } from '../api/use-answer.ts';
import { Card } from '../parts/card.tsx';
import { Day, Moment } from '../parts/day.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { problemOf } from '../parts/field-problem.ts';
import { Form } from '../parts/form.tsx';
import { TextArea } from '../parts/inputs.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { toast } from '../parts/toast.tsx';
import { offers } from '../session/session.ts';

type Held = Answer<'data'>['held'][number];
type Decision = Body<'decideHeld'>['decision'];

interface Deciding {
  readonly held: Held;
  readonly decision: Decision;
}

/** Values that were not stored because something about them is doubtful. */
export function HeldValues({
  held,
  done,
}: {
  readonly held: readonly Held[];
  readonly done: () => void;
}): ComponentChildren {
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  return (
    <Card title="Held values" class={held.length === 0 ? '' : 'waits'}>
      <Table
        caption="Values that wait for a decision"
        columns={columns(setDeciding)}
        rows={held}
        keyOf={({ id }) => id}
        empty="Nothing waits. A value is held where it jumps, disagrees with another source or cannot be right."
      />
      <Decide deciding={deciding} close={() => setDeciding(null)} done={done} />
    </Card>
  );
}

function columns(decide: (deciding: Deciding) => void): readonly Column<Held>[] {
  return [
    { title: 'Series', phone: 'plain', cell: ({ series }) => <code>{series}</code> },
    { title: 'Date', cell: ({ date }) => <Day date={date} /> },
    { title: 'Value', kind: 'number', cell: ({ valueText }) => valueText },
    {
      title: 'Why it is held',
      kind: 'wide',
      cell: ({ reason, detail, source, firstSeen }) => (
        <div>
          {detail === '' ? reason : detail}
          <div class="soft small">
            from {source}, first seen <Moment at={firstSeen} />
          </div>
        </div>
      ),
    },
    ...(offers('decideHeld')
      ? [
          {
            title: 'Decision',
            phone: 'plain' as const,
            cell: (held: Held) => (
              <span class="row-actions">
                <DecideButton {...{ held, decide, decision: 'accept', text: 'Accept' }} />
                <DecideButton {...{ held, decide, decision: 'reject', text: 'Reject' }} />
              </span>
            ),
          },
        ]
      : []),
  ];
}

function DecideButton({
  held,
  decision,
  text,
  decide,
}: Deciding & { readonly text: string; readonly decide: (deciding: Deciding) => void }): ComponentChildren {
  return (
    <button type="button" class="button slim" onClick={() => decide({ held, decision })}>
      {text}
      <span class="heard">
        {' '}
        {held.valueText} for {held.series}
      </span>
    </button>
  );
}

function Decide({
  deciding,
  close,
  done,
}: {
  readonly deciding: Deciding | null;
  readonly close: () => void;
  readonly done: () => void;
}): ComponentChildren {
  const [why, setWhy] = useState('');
  const { send, busy, problem, clear } = useWrite('decideHeld');
  const end = (): void => {
    setWhy('');
    clear();
    close();
  };
  const submit = async (): Promise<void> => {
    if (deciding === null) return;
    const { held, decision } = deciding;
    const outcome = await send({ params: { id: held.id }, body: { decision, why } });
    if (!outcome.ok) return;
    toast(`${held.series}: ${held.valueText} is ${decision === 'accept' ? 'stored' : 'refused'}.`);
    end();
    done();
  };
  const action = deciding?.decision === 'reject' ? 'Reject' : 'Accept';
  return (
    <Dialog title={`${action} the value`} open={deciding !== null} close={end}>
      <Form {...{ action, busy, problem, submit }}>
        <What deciding={deciding} />
        <TextArea
          label="Why"
          hint="It is kept with the decision."
          error={problemOf(problem, 'why')}
          value={why}
          change={setWhy}
        />
      </Form>
    </Dialog>
  );
}

/** What is decided, and what comes of it. */
function What({ deciding }: { readonly deciding: Deciding | null }): ComponentChildren {
  if (deciding === null) return null;
  const { held, decision } = deciding;
  return (
    <p>
      <code>{held.series}</code>, <Day date={held.date} />: <strong>{held.valueText}</strong>.{' '}
      {decision === 'accept'
        ? 'It is stored, and rules that read it are evaluated with it.'
        : 'It is not stored, and the same value from the same source is refused from now on.'}
    </p>
  );
}
