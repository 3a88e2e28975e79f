import type { ComponentChildren } from 'preact';
import { Pill } from './pill.tsx';

const LOOKS = {
  fresh: { tone: 'good', symbol: '✓' },
  carried: { tone: 'quiet', symbol: '→' },
  stale: { tone: 'amber', symbol: '!' },
  missing: { tone: 'bad', symbol: '✕' },
  held: { tone: 'amber', symbol: '‖' },
} as const;

/** How fresh an input is. */
export function InputStatus({ of }: { readonly of: keyof typeof LOOKS }): ComponentChildren {
  return <Pill {...LOOKS[of]}>{of}</Pill>;
}
