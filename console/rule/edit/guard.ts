import { useEffect, useState } from 'preact/hooks';
import type { Form } from './form.ts';

/**
 * Stops a reader who would leave with unsaved changes: links of this page ask first, the browser asks for everything
 * else. The address somebody wants to go to, or null; `stay` forgets it.
 */
export function useGuard(dirty: boolean): { readonly leaving: string | null; readonly stay: () => void } {
  const [leaving, leave] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return;
    const unload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const click = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (link === null || link.hasAttribute('data-leave') || opensElsewhere(event, link)) return;
      const address = link.getAttribute('href') ?? '';
      if (address.startsWith('#')) return;
      event.preventDefault();
      event.stopPropagation();
      leave(address);
    };
    addEventListener('beforeunload', unload);
    document.addEventListener('click', click, true);
    return () => {
      removeEventListener('beforeunload', unload);
      document.removeEventListener('click', click, true);
    };
  }, [dirty]);
  return { leaving, stay: () => leave(null) };
}

function opensElsewhere(event: MouseEvent, link: Element): boolean {
  const target = link.getAttribute('target');
  const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return held || event.button !== 0 || (target !== null && target !== '_self');
}

/** Keeps an unsaved draft of this window, since the back button asks nobody; what cannot be kept is not. */
export function keep(name: string, form: Form | null): void {
  try {
    if (form === null) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), JSON.stringify(form));
  } catch {
    // A browser without storage for this page keeps nothing, and the editor works all the same.
  }
}

/** The unsaved draft that was kept; null where there is none. */
export function kept(name: string): Form | null {
  try {
    const text = sessionStorage.getItem(keyOf(name));
    return text === null ? null : (JSON.parse(text) as Form);
  } catch {
    return null;
  }
}

function keyOf(name: string): string {
  return `tidemark-draft ${name}`;
}
