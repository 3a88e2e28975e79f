import type { ProviderAnswer } from './answer.ts';

const HIDDEN = '[hidden]';
const SHORTEST_SECRET = 4;
/** What means something in a pattern. */
const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;

/** A text without any secret, as it is or as an address spells it, in whatever case a provider echoes it. */
export function redact(text: string, secrets: readonly string[]): string {
  const spellings = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  // The longest first: a secret may contain another.
  const longestFirst = [...new Set(spellings)].toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((shown, secret) => hide(shown, secret), text);
}

function hide(text: string, secret: string): string {
  return text.replaceAll(new RegExp(secret.replaceAll(SPECIAL, String.raw`\$&`), 'gi'), HIDDEN);
}

/** An answer without any secret in what people may read of it; the token of a next page stays, and is not for readers. */
export function redactAnswer(answer: ProviderAnswer, secrets: readonly string[]): ProviderAnswer {
  if (secrets.length === 0) return answer;
  const refused = answer.refused.map((value) => ({
    ...value,
    detail: redact(value.detail, secrets),
    ...(value.instrument === undefined ? {} : { instrument: redact(value.instrument, secrets) }),
    // An unreadable date stands here as it came.
    ...(value.session === undefined ? {} : { session: redact(value.session, secrets) }),
  }));
  return { ...answer, detail: redact(answer.detail, secrets), refused };
}
