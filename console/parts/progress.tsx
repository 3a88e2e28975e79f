import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const LONG_MS = 4000;

/** Says that something is under way: nothing where it is quick, a word where it is not, and that it is long where it is. */
export function Progress({ what }: { readonly what: string }): ComponentChildren {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="progress" role="status">
      <span class="progress-wave" aria-hidden="true" />
      <span>{long ? `${what}: this takes longer than usual, and goes on …` : `${what} …`}</span>
    </div>
  );
}
