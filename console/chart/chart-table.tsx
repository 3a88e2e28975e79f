import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Day } from '../parts/day.tsx';
import { type Column, Table } from '../parts/table.tsx';
import type { Drawing } from './drawing.ts';

interface Row {
  readonly session: string;
  readonly value: number | null;
  readonly firing: boolean;
  readonly said: string;
}

const STEP = 60;

/** What a chart shows, as a table: the newest sessions first, and the earlier ones on demand. */
export function ChartTable({ drawing }: { readonly drawing: Drawing }): ComponentChildren {
  const [shown, setShown] = useState(STEP);
  const { measure, episodes, markers, print } = drawing;
  const all = measure.sessions.length;
  const said = new Map(markers.map(({ session, text }) => [session, text]));
  const rows = Array.from({ length: Math.min(shown, all) }, (_, back): Row => {
    const at = all - 1 - back;
    const session = measure.sessions[at] ?? '';
    const firing = episodes.some(({ start, end }) => start <= session && (end === null || session < end));
    return { session, value: measure.values[at] ?? null, firing, said: said.get(session) ?? '' };
  });
  return (
    <div class="chart-table">
      <Table
        caption={`Values, newest first: ${rows.length} of ${all} sessions`}
        columns={columnsOf(drawing, print)}
        rows={rows}
        keyOf={({ session }) => session}
        empty="There are no values yet."
      />
      {shown >= all ? null : (
        <button type="button" class="button slim" onClick={() => setShown(shown + 4 * STEP)}>
          Show earlier sessions
        </button>
      )}
    </div>
  );
}

function columnsOf({ episodes, markers }: Drawing, print: (value: number) => string): readonly Column<Row>[] {
  return [
    { title: 'Session', cell: ({ session }) => <Day date={session} /> },
    { title: 'Value', kind: 'number', cell: ({ value }) => (value === null ? 'no data' : print(value)) },
    ...(episodes.length === 0
      ? []
      : [{ title: 'State', cell: ({ firing }: Row) => (firing ? '● firing' : '') }]),
    ...(markers.length === 0 ? [] : [{ title: 'Said', cell: ({ said }: Row) => said }]),
  ];
}
