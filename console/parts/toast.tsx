import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

const SHOWN_MS = 6000;
const said = signal<{ readonly text: string; readonly round: number } | null>(null);

/** Says that something was done: seen for a moment, and read out. */
export function toast(text: string): void {
  const round = (said.value?.round ?? 0) + 1;
  said.value = { text, round };
  setTimeout(() => {
    if (said.value?.round === round) said.value = null;
  }, SHOWN_MS);
}

/** Where it is said; it stands on every page from the start, because a reader is only told of changes in it. */
export function Toasts(): ComponentChildren {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {said.value === null ? null : (
        <p key={said.value.round} class="toast">
          {said.value.text}
        </p>
      )}
    </div>
  );
}
