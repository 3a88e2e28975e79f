import type { Alert } from '../../../shared/alerts/alert.ts';
import {
  dataLines,
  definitionLines,
  endingSentences,
} from '../../../shared/alerts/message/email-sections.ts';

/** A line of a definition under what it is about. */
export interface DefinitionLine {
  readonly label: string;
  readonly text: string;
}

const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^It is true when /, 'Meaning'],
  [/^Condition: /, 'Condition'],
  [/^Measure: /, 'Measure'],
  [/^Value .*, threshold /, 'Value'],
  [/^Returns are /, 'Returns'],
  [/^Rule .*, version /, 'Rule'],
];

/** What settles an argument about an alert's figure: the lines of its message, each under what it is about. */
export function definitionOf(alert: Alert): DefinitionLine[] {
  const known = dataLines(alert).slice(0, alert.definition.sources.length === 0 ? 1 : 2);
  return [
    ...definitionLines(alert).map(labelled),
    ...endingSentences(alert).map((text) => ({ label: 'Ends', text })),
    ...known.map((text) => ({ label: 'Data', text })),
  ];
}

/** A line that names what it is about already does so in its label instead. */
function labelled(line: string): DefinitionLine {
  const label = LABELS.find(([beginning]) => beginning.test(line))?.[1] ?? 'Instrument';
  const named = `${label}: `;
  return { label, text: line.startsWith(named) ? line.slice(named.length) : line };
}
