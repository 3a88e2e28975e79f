import type { ComponentChildren } from 'preact';
import type { Missing } from '../parts/not-found.tsx';
import { Pill } from '../parts/pill.tsx';

/** What sets a rule apart from the others: where it comes from, whom it speaks for, who speaks for it, and its tags. */
export function Marks({
  rule,
}: {
  readonly rule: {
    readonly origin: 'file' | 'command';
    readonly enabled: boolean;
    readonly replaces: string | null;
    readonly mutedBy: string | null;
    readonly tags: readonly string[];
  };
}): ComponentChildren {
  return (
    <span class="marks">
      {rule.origin === 'file' ? (
        <span class="mark-origin" title="It comes from a rules file and is read-only here.">
          from a file
        </span>
      ) : null}
      {rule.enabled ? null : (
        <Pill tone="quiet" symbol="⏻">
          disabled
        </Pill>
      )}
      {rule.mutedBy === null ? null : (
        <Pill tone="amber" symbol="♪">
          muted: <a href={ruleAddress(rule.mutedBy)}>{rule.mutedBy}</a> speaks instead
        </Pill>
      )}
      {rule.replaces === null ? null : (
        <Pill tone="quiet" symbol="⇄">
          speaks for <a href={ruleAddress(rule.replaces)}>{rule.replaces}</a>
        </Pill>
      )}
      {rule.tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
    </span>
  );
}

/** The address of a rule's page. */
export function ruleAddress(id: string): string {
  return `/rules/${encodeURIComponent(id)}`;
}

/** What a page about a rule says where there is none of that id. */
export function missingRule(id: string): Missing {
  return { title: `There is no rule ${id}`, list: { href: '/rules', text: 'See all rules' } };
}
