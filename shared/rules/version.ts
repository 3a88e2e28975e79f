import type { Rule } from './rule.ts';

/** FNV-1a, 32 bits, over UTF-16 units: eight hex digits. (Fowler, Noll, Vo; offset basis 2166136261, prime 16777619.) */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** What decides the verdicts and the figures of a rule; title, note, tags, severity and evidence do not. */
export type Deciding = Pick<
  Rule,
  'when' | 'resolveWhen' | 'hold' | 'keepFiring' | 'measure' | 'threshold' | 'direction' | 'outcome'
>;

/**
 * The version of a rule: a hash of what decides its verdicts and figures, so that an edit of anything else re-sends
 * nothing. `dependencies` are the versions of the rules it names in `firing("…")`, as `id=version`, in order of id.
 */
export function versionOf(rule: Deciding, dependencies: readonly string[]): string {
  return fingerprint(
    JSON.stringify([
      rule.when.text,
      rule.resolveWhen.text,
      rule.hold,
      rule.keepFiring,
      rule.measure?.text ?? null,
      rule.threshold?.text ?? null,
      rule.direction,
      rule.outcome.map((outcome) => outcome.text),
      dependencies,
    ]),
  );
}
