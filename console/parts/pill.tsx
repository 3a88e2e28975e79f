import type { ComponentChildren } from 'preact';

type Tone = 'strong' | 'amber' | 'quiet' | 'bad' | 'good';

interface Look {
  readonly tone: Tone;
  readonly symbol: string;
  readonly word: string;
}

const STATES: Readonly<Record<string, Look>> = {
  firing: { tone: 'strong', symbol: '●', word: 'firing' },
  pending: { tone: 'amber', symbol: '◐', word: 'pending' },
  inactive: { tone: 'quiet', symbol: '○', word: 'inactive' },
  broken: { tone: 'bad', symbol: '✕', word: 'broken' },
  disabled: { tone: 'quiet', symbol: '⏻', word: 'disabled' },
};

/** The state of a rule: a symbol and a word, so that it is never told by colour alone. */
export function StatePill({
  state,
  noData = false,
}: {
  readonly state: string;
  readonly noData?: boolean;
}): ComponentChildren {
  const { tone, symbol, word } = STATES[state] ?? { tone: 'quiet', symbol: '○', word: state };
  return (
    <Pill tone={tone} symbol={symbol}>
      {noData ? `${word}, no data` : word}
    </Pill>
  );
}

/** A word on a ground of its own, with a symbol before it. */
export function Pill({
  tone,
  symbol,
  children,
}: {
  readonly tone: Tone;
  readonly symbol: string;
  readonly children: ComponentChildren;
}): ComponentChildren {
  return (
    <span class={`pill ${tone}`}>
      <span class="pill-symbol" aria-hidden="true">
        {symbol}
      </span>
      {children}
    </span>
  );
}

const SEVERITIES: Readonly<Record<string, Look>> = {
  urgent: { tone: 'bad', symbol: '▲', word: 'urgent' },
  notice: { tone: 'quiet', symbol: '■', word: 'notice' },
  info: { tone: 'quiet', symbol: '·', word: 'info' },
};

/** How urgent an alert is. */
export function Severity({ of }: { readonly of: string }): ComponentChildren {
  const { tone, symbol, word } = SEVERITIES[of] ?? { tone: 'quiet', symbol: '·', word: of };
  return (
    <Pill tone={tone} symbol={symbol}>
      {word}
    </Pill>
  );
}

const KINDS: Readonly<Record<string, Look>> = {
  fired: { tone: 'strong', symbol: '●', word: 'fired' },
  updated: { tone: 'strong', symbol: '↗', word: 'updated' },
  resolved: { tone: 'quiet', symbol: '○', word: 'resolved' },
  correction: { tone: 'amber', symbol: '✎', word: 'correction' },
  blind: { tone: 'bad', symbol: '?', word: 'blind' },
  recovered: { tone: 'good', symbol: '✓', word: 'recovered' },
  reminder: { tone: 'amber', symbol: '↻', word: 'reminder' },
};

/** What an alert tells of. */
export function Kind({ of }: { readonly of: string }): ComponentChildren {
  const { tone, symbol, word } = KINDS[of] ?? { tone: 'quiet', symbol: '·', word: of };
  return (
    <Pill tone={tone} symbol={symbol}>
      {word}
    </Pill>
  );
}
