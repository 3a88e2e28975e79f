import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { Dialog } from '../../parts/dialog.tsx';

/** Saving, at the foot of the window wherever the reader is in the form. */
export function SaveBar({
  dirty,
  busy,
  blocked,
  back,
  problem,
}: {
  readonly dirty: boolean;
  readonly busy: boolean;
  /** Why it cannot be saved; null where it can. */
  readonly blocked: string | null;
  /** Where Cancel leads. */
  readonly back: string;
  readonly problem: ComponentChildren;
}): ComponentChildren {
  return (
    <div class="save-bar">
      {problem}
      <div class="form-foot">
        <button type="submit" class="button primary" disabled={busy || blocked !== null || !dirty}>
          {busy ? 'Saving …' : 'Save'}
        </button>
        <a class="button" href={back}>
          Cancel
        </a>
        <span class="small soft" role="status">
          {blocked ?? (dirty ? 'Not saved yet.' : 'Nothing changed yet.')}
        </span>
        <span class="small soft keys" aria-hidden="true">
          <kbd>Ctrl</kbd> <kbd>S</kbd> saves
        </span>
      </div>
    </div>
  );
}

/** Asks before unsaved changes are left behind. */
export function LeaveDialog({
  to,
  stay,
  leave,
}: {
  /** Where somebody wants to go; null asks nothing. */
  readonly to: string | null;
  readonly stay: () => void;
  /** Told before the page is left. */
  readonly leave: () => void;
}): ComponentChildren {
  const { route } = useLocation();
  return (
    <Dialog title="Leave without saving?" open={to !== null} close={stay}>
      <div class="stack">
        <p>What you changed here is not saved yet.</p>
        <div class="form-foot">
          <button type="button" class="button primary" onClick={stay}>
            Stay
          </button>
          <button
            type="button"
            class="button danger"
            onClick={() => {
              leave();
              if (to !== null) route(to);
            }}
          >
            Leave without saving
          </button>
        </div>
      </div>
    </Dialog>
  );
}
