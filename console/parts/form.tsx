import type { ComponentChildren } from 'preact';
import type { ProblemDetails } from '../../shared/api/common.ts';
import { Failure } from './failure.tsx';

/** Fields with one button; what was wrong and is about none of the fields is said above the button. */
export function Form({
  action,
  busy,
  problem,
  submit,
  children,
}: {
  /** What the button says. */
  readonly action: string;
  readonly busy: boolean;
  readonly problem: ProblemDetails | null;
  readonly submit: () => Promise<void>;
  readonly children: ComponentChildren;
}): ComponentChildren {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      {children}
      {problem === null || problem.errors !== undefined ? null : <Failure problem={problem} />}
      <p class="form-foot">
        <button type="submit" class="button primary" disabled={busy}>
          {action}
        </button>
      </p>
    </form>
  );
}
