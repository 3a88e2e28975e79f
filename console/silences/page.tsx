import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer, useWrite } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Card, PageHead } from '../parts/card.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Day } from '../parts/day.tsx';
import { Pill } from '../parts/pill.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useTitle } from '../parts/title.ts';
import { toast } from '../parts/toast.tsx';
import { offers } from '../session/session.ts';
import { SilenceForm } from './silence-form.tsx';

type Silence = Answer<'silences'>['silences'][number];

/** What is held back, and until when. */
export function SilencesPage(): ComponentChildren {
  const asked = useAnswer('silences');
  const [lifting, setLifting] = useState<Silence | null>(null);
  useTitle('Silences');
  return (
    <>
      <PageHead
        title="Silences"
        lead="A silenced rule is evaluated as ever, and its alerts are recorded; only nobody is told. When the silence ends while it fires, a reminder says so."
      />
      <div class="columns">
        <Answered asked={asked} what="Reading the silences">
          {({ silences }) => (
            <Card title="Silences" aside={`${silences.filter(({ active }) => active).length} in force`}>
              <Table
                caption="Silences, the ones in force first"
                columns={columns(setLifting)}
                rows={silences}
                keyOf={({ id }) => id}
                empty="Nothing is silenced, and nothing ever was."
              />
            </Card>
          )}
        </Answered>
        {offers('silence') ? <SilenceForm done={asked.again} /> : null}
      </div>
      <Lift silence={lifting} close={() => setLifting(null)} done={asked.again} />
    </>
  );
}

function columns(lift: (silence: Silence) => void): readonly Column<Silence>[] {
  return [
    { title: 'Rule', phone: 'plain', cell: ({ rule }) => <code>{rule}</code> },
    { title: 'Why', kind: 'wide', cell: ({ why }) => why },
    { title: 'Through', cell: ({ last }) => <Day date={last} /> },
    {
      title: 'Status',
      cell: ({ active }) => (
        <Pill tone={active ? 'amber' : 'quiet'} symbol={active ? '‖' : '–'}>
          {active ? 'in force' : 'over'}
        </Pill>
      ),
    },
    ...(offers('liftSilence')
      ? [
          {
            title: 'Actions',
            phone: 'plain' as const,
            cell: (silence: Silence) =>
              silence.active ? (
                <button type="button" class="button slim" onClick={() => lift(silence)}>
                  End now<span class="heard"> for {silence.rule}</span>
                </button>
              ) : null,
          },
        ]
      : []),
  ];
}

function Lift({
  silence,
  close,
  done,
}: {
  readonly silence: Silence | null;
  readonly close: () => void;
  readonly done: () => void;
}): ComponentChildren {
  const { send, busy, problem, clear } = useWrite('liftSilence');
  const end = (): void => {
    clear();
    close();
  };
  const go = async (): Promise<void> => {
    if (silence === null) return;
    const outcome = await send({ params: { id: silence.id } });
    if (!outcome.ok) return;
    toast(`${silence.rule} speaks again from the next session on.`);
    end();
    done();
  };
  return (
    <Confirm
      title="End the silence"
      action="End it now"
      open={silence !== null}
      {...{ busy, problem, close: end, go: () => void go() }}
    >
      <p>
        Alerts of <code>{silence?.rule}</code> are sent again from the next session on. What was held back
        stays unsent.
      </p>
    </Confirm>
  );
}
