import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Numbers from 0 to below 1, the same for a seed every time (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Chance = () => number;

/** What may stand in any place of a document. */
const STRANGE: readonly unknown[] = [
  null,
  0,
  -1,
  -0,
  1e308,
  1e-308,
  5e-324,
  -123.45,
  99.5,
  '',
  '.',
  'NaN',
  '12.5',
  '1e5',
  true,
  false,
  [],
  {},
  [1, 2],
  { c: 3 },
  'SPY',
  'ZZZZ',
  '2026-01-19',
  '2026-01-31',
  '2099-01-04',
  '1979-12-31',
  '2026-01-30T00:00:00Z',
  1602705600000,
  1e15,
  -62135596800000,
  '__proto__',
  '\u0000',
];

/** A body that is not quite what it was: another seed, another fault. */
export function mutate(body: Uint8Array, chance: Chance): Uint8Array {
  const zip = body[0] === 0x50 && body[1] === 0x4b;
  const ways = [
    mutateBytes,
    cutShort,
    doubled,
    zip ? mutateZip : mutateDocument,
    zip ? mutateZip : mutateDocument,
  ];
  let mutated = body;
  for (let rounds = 1 + Math.floor(chance() * 3); rounds > 0; rounds -= 1) {
    mutated = pick(ways, chance)(mutated, chance);
  }
  return mutated;
}

function pick<Value>(values: readonly Value[], chance: Chance): Value {
  return values[Math.floor(chance() * values.length)] as Value;
}

function mutateBytes(body: Uint8Array, chance: Chance): Uint8Array {
  const changed = body.slice();
  for (let flips = 1 + Math.floor(chance() * 6); flips > 0 && changed.length > 0; flips -= 1) {
    changed[Math.floor(chance() * changed.length)] = Math.floor(chance() * 256);
  }
  return changed;
}

function cutShort(body: Uint8Array, chance: Chance): Uint8Array {
  return body.slice(0, Math.floor(chance() * body.length));
}

function doubled(body: Uint8Array, chance: Chance): Uint8Array {
  const from = Math.floor(chance() * body.length);
  const part = body.slice(from, from + Math.floor(chance() * 200));
  const joined = new Uint8Array(body.length + part.length);
  joined.set(body.slice(0, from));
  joined.set(part, from);
  joined.set(body.slice(from), from + part.length);
  return joined;
}

/** Changes what a document says, and leaves its syntax good where it is JSON. */
function mutateDocument(body: Uint8Array, chance: Chance): Uint8Array {
  const text = strFromU8(body, true);
  if (!/^\s*[[{]/.test(text)) return mutateFigures(text, chance);
  try {
    return strToU8(JSON.stringify(mutateValue(JSON.parse(text), chance)) ?? '');
  } catch {
    return mutateFigures(text, chance);
  }
}

/** Goes down a random path and changes what is there. */
function mutateValue(value: unknown, chance: Chance): unknown {
  if (typeof value !== 'object' || value === null || chance() < 0.1) return strange(value, chance);
  const keys = Object.keys(value);
  if (keys.length === 0) return strange(value, chance);
  const key = pick(keys, chance);
  const inner = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as unknown[])];
    if (chance() < 0.2) items.splice(Number(key), chance() < 0.5 ? 1 : 0, inner);
    else items[Number(key)] = mutateValue(inner, chance);
    return items;
  }
  const { [key]: _left, ...others } = value as Record<string, unknown>;
  if (chance() < 0.1) return others;
  if (chance() < 0.1) return { ...others, [pick(['SPY', 'T', 'c', 'close', '^'], chance)]: inner };
  return { ...others, [key]: mutateValue(inner, chance) };
}

function strange(value: unknown, chance: Chance): unknown {
  if (typeof value === 'number' && chance() < 0.5)
    return value * pick([-1, 0, 0.25, 1e10, 1e-10, 20, 60_000], chance);
  return pick(STRANGE, chance);
}

/** Changes one figure or word of a text that is no JSON. */
function mutateFigures(text: string, chance: Chance): Uint8Array {
  const words = [...text.matchAll(/[\d.]+|[A-Z]{2,8}/g)];
  const word = words.length === 0 ? undefined : pick(words, chance);
  if (word === undefined) return strToU8(text, true);
  const said = String(pick(STRANGE, chance));
  return strToU8(`${text.slice(0, word.index)}${said}${text.slice(word.index + word[0].length)}`);
}

/** Changes the text of one part of an archive. */
function mutateZip(body: Uint8Array, chance: Chance): Uint8Array {
  try {
    const parts = unzipSync(body);
    const name = pick(Object.keys(parts), chance);
    const part = parts[name];
    if (part === undefined) return body;
    return zipSync({ ...parts, [name]: mutateFigures(strFromU8(part, true), chance) }, { level: 1 });
  } catch {
    return mutateBytes(body, chance);
  }
}
