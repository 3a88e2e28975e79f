/**
 * The name nearest to a mistyped one, or null where none is near: Damerau-Levenshtein distance (optimal string
 * alignment: insertions, deletions, replacements, swaps of neighbours), where a difference of case counts almost
 * nothing. Of several equally near the one with the same first letter wins, then the first in code-unit order.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const limit = name.length <= 4 ? 1 : name.length <= 8 ? 2 : 3;
  const lower = name.toLowerCase();
  let best: { candidate: string; score: number } | null = null;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(lower, candidate.toLowerCase(), limit);
    if (distance > limit || distance >= name.length) continue;
    const score = distance + nuance(name, candidate);
    if (best === null || score < best.score || (score === best.score && candidate < best.candidate)) {
      best = { candidate, score };
    }
  }
  return best?.candidate ?? null;
}

const SHORTEST_BEGINNING = 3;

/**
 * The candidate that a name begins or that begins it (`vol` for `volatility`, `return` for `ret`), or null where there
 * is none or more than one.
 */
export function beginning(name: string, candidates: Iterable<string>): string | null {
  const lower = name.toLowerCase();
  const found = [...candidates].filter((candidate) => {
    if (Math.min(candidate.length, name.length) < SHORTEST_BEGINNING) return false;
    return candidate.startsWith(lower) || lower.startsWith(candidate);
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Less than one edit: prefers the same first letter, then the same case. */
function nuance(name: string, candidate: string): number {
  const letter = name.charAt(0).toLowerCase() === candidate.charAt(0).toLowerCase() ? 0 : 0.5;
  let cases = 0;
  for (let i = 0; i < name.length; i += 1) if (name.charAt(i) !== candidate.charAt(i)) cases += 1;
  return letter + (0.4 * cases) / (name.length + 1);
}

/** Stops early, with more than the limit, once every continuation is past it. */
function editDistance(a: string, b: string, limit: number): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charAt(i - 1) === b.charAt(j - 1);
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      if (swapped) cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit && Math.min(...previous) > limit) return limit + 1;
    older = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
