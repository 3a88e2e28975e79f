import type { SampleField } from './levels.ts';
import type { Sample } from './sample.ts';

/** One file of the folder that a sample is written as. */
export interface SampleFile {
  readonly name: string;
  readonly text: string;
}

function isFictitious(symbol: string): boolean {
  return /^SM\d/.test(symbol);
}

/** One file per instrument: `date` and one column per field. */
function instrumentFile(instrument: string, fields: readonly SampleField[]): SampleFile {
  const columns = fields.map(({ values }) => new Map(values));
  const dates = [...new Set(columns.flatMap((column) => [...column.keys()]))].toSorted();
  const header = ['date', ...fields.map(({ field }) => field)].join(',');
  const rows = dates.map((date) => [date, ...columns.map((column) => column.get(date) ?? '')].join(','));
  return { name: `${instrument}.csv`, text: `${[header, ...rows].join('\n')}\n` };
}

/** All fictitious members in one file: `date,symbol,close`. */
function membersFile(fields: readonly SampleField[]): SampleFile {
  const rows = fields.flatMap(({ instrument, values }) =>
    values.map(([date, close]) => `${date},${instrument},${close}`),
  );
  return { name: 'sample-members.csv', text: `date,symbol,close\n${rows.join('\n')}\n` };
}

/** Writes a sample the way `import` and `--data` read it, so that every verb can be tried on it. */
export function sampleFiles(sample: Sample): readonly SampleFile[] {
  const named = Map.groupBy(
    sample.fields.filter(({ instrument }) => !isFictitious(instrument)),
    ({ instrument }) => instrument,
  );
  const universes = sample.membership.map(
    ({ symbol, from, to }) => `SP500_MEMBERS,${symbol},${from},${to ?? ''}`,
  );
  return [
    ...[...named].map(([instrument, fields]) => instrumentFile(instrument, fields)),
    membersFile(sample.fields.filter(({ instrument }) => isFictitious(instrument))),
    { name: 'universes.csv', text: `universe,symbol,from,to\n${universes.join('\n')}\n` },
  ];
}
