import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

/**
 * A question that is answered before anything else. Escape and the close button end it; focus goes to what is asked first
 * and comes back by the browser's own means.
 */
export function Dialog({
  title,
  open,
  close,
  children,
}: {
  readonly title: string;
  readonly open: boolean;
  readonly close: () => void;
  readonly children: ComponentChildren;
}): ComponentChildren {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={close}>
      {open ? (
        <>
          <h2 id={id}>{title}</h2>
          {children}
          <button type="button" class="icon-button dialog-close" aria-label="Close" onClick={close}>
            ✕
          </button>
        </>
      ) : null}
    </dialog>
  );
}
