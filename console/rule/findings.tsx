import type { ComponentChildren } from 'preact';
import type { Preview } from '../../shared/api/rules.ts';

/** Something wrong or doubtful about a rule, as the API says it. */
export type Finding = Preview['findings'][number];

/** What is wrong or doubtful, each with its correction where one is known and may be applied. */
export function Findings({
  findings,
  correct,
}: {
  readonly findings: readonly Finding[];
  /** Applies the correction of a field; absent where nothing can be changed. */
  readonly correct?: (finding: Finding) => void;
}): ComponentChildren {
  if (findings.length === 0) return null;
  return (
    <ul class="plain findings">
      {findings.map((finding) => (
        <li
          key={`${finding.field} ${finding.code} ${finding.line} ${finding.column}`}
          class={finding.severity}
        >
          <p>
            <strong>{finding.severity === 'error' ? 'Error' : 'Hint'}</strong>
            {finding.field === null ? null : (
              <>
                {' in '}
                <code>{finding.field}</code>
              </>
            )}
            {': '}
            <Quoted text={finding.message} />
          </p>
          {finding.fix === null || correct === undefined ? null : (
            <button type="button" class="button slim correction" onClick={() => correct(finding)}>
              Replace with <code>{finding.fix}</code>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A message whose pieces in backquotes are source. */
export function Quoted({ text }: { readonly text: string }): ComponentChildren {
  return (
    <span>
      {text.split('`').map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece))}
    </span>
  );
}
