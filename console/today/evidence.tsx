import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/table.tsx';

type Line = Answer<'today'>['evidence'][number];

const SIDES = [
  { side: 'for', title: 'Confirms', sign: '▲' },
  { side: 'against', title: 'Contradicts', sign: '▽' },
  { side: 'no data', title: 'Says nothing, for lack of data', sign: '?' },
] as const;

/** What confirms the rotation, and what contradicts it. */
export function Evidence({ lines }: { readonly lines: readonly Line[] }): ComponentChildren {
  return (
    <Card title="Evidence">
      {lines.length === 0 ? (
        <Empty>
          No rule names another one as <code>evidence</code>, so nothing here confirms or contradicts.
        </Empty>
      ) : (
        SIDES.map(({ side, title, sign }) => {
          const own = lines.filter((line) => line.side === side);
          return own.length === 0 ? null : <Side key={side} {...{ side, title, sign, lines: own }} />;
        })
      )}
    </Card>
  );
}

function Side({
  side,
  title,
  sign,
  lines,
}: {
  readonly side: string;
  readonly title: string;
  readonly sign: string;
  readonly lines: readonly Line[];
}): ComponentChildren {
  return (
    <div class={`evidence ${side.replace(' ', '-')}`}>
      <h3>
        <span class="evidence-sign" aria-hidden="true">
          {sign}
        </span>
        {title}
      </h3>
      <ul class="plain">
        {lines.map(({ rule, title: name, text }) => (
          <li key={rule}>
            <a href={`/rules/${encodeURIComponent(rule)}`}>{name}</a>
            <span class="soft small">{text.split('; ')[0]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
