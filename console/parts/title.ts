import { useEffect } from 'preact/hooks';

/** Names the page in the browser's own title, which is also what a reader hears on arriving. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tidemark`;
  }, [title]);
}
