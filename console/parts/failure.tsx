import type { ComponentChildren } from 'preact';
import type { ProblemDetails } from '../../shared/api/common.ts';

/** Whether the same question may be answered later: nothing came back, others were in the way, or the service failed. */
export function mayPass({ status }: ProblemDetails): boolean {
  return status === 0 || status === 408 || status === 409 || status === 429 || status >= 500;
}

/** What went wrong, in the service's words, and a way to try again where there is one. */
export function Failure({
  problem,
  again,
}: {
  readonly problem: ProblemDetails;
  readonly again?: () => void;
}): ComponentChildren {
  return (
    <div class="failure" role="alert">
      <p class="failure-title">{problem.title}</p>
      <p>{problem.detail}</p>
      {problem.errors === undefined ? null : (
        <ul>
          {problem.errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <p class="failure-foot">
        {again === undefined ? null : (
          <button type="button" class="button" onClick={again}>
            Try again
          </button>
        )}
        <code class="soft">{problem.code}</code>
      </p>
    </div>
  );
}
