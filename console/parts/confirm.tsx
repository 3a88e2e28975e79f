import type { ComponentChildren } from 'preact';
import type { ProblemDetails } from '../../shared/api/common.ts';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';

/** Asks before something is done that is not easily undone, and says what was wrong where it was not done. */
export function Confirm({
  title,
  children,
  action,
  open,
  busy,
  problem,
  go,
  close,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What the button says: "Unsubscribe". */
  readonly action: string;
  readonly open: boolean;
  readonly busy: boolean;
  readonly problem: ProblemDetails | null;
  readonly go: () => void;
  readonly close: () => void;
}): ComponentChildren {
  return (
    <Dialog title={title} open={open} close={close}>
      <div class="form">
        <div>{children}</div>
        {problem === null ? null : <Failure problem={problem} />}
        <p class="form-foot">
          <button type="button" class="button danger" disabled={busy} onClick={go}>
            {action}
          </button>
          <button type="button" class="button" autofocus onClick={close}>
            Keep
          </button>
        </p>
      </div>
    </Dialog>
  );
}
