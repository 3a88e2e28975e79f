import type { ComponentChildren } from 'preact';
import type { RuleView } from '../../shared/api/rules.ts';
import { Card } from '../parts/card.tsx';
import { Pill } from '../parts/pill.tsx';
import { ruleAddress } from './marks.tsx';

const SIDES = {
  for: { tone: 'good', symbol: '✓' },
  against: { tone: 'quiet', symbol: '✕' },
  'no data': { tone: 'quiet', symbol: '?' },
} as const;

/** The rules whose state its alerts list, and which side each is on; nothing where there is none. */
export function Evidence({ evidence }: { readonly evidence: RuleView['evidence'] }): ComponentChildren {
  if (evidence.length === 0) return null;
  return (
    <Card title="Evidence">
      <ul class="plain evidence-list">
        {evidence.map(({ rule, title, side }) => (
          <li key={rule}>
            <a href={ruleAddress(rule)}>{title}</a>
            <Pill {...SIDES[side]}>{side}</Pill>
          </li>
        ))}
      </ul>
    </Card>
  );
}
