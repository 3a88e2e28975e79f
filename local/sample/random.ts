/** A reproducible source of randomness: additions, products and square roots only, so every platform agrees to the bit. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Close to standard normal: a sum of twelve uniforms, so never beyond ±6. */
  normal(): number;
  /** Unit variance with fat tails: one draw in thirty is two and a half times as wild. */
  shock(): number;
}

const WILD_SHARE = 1 / 30;
const WILD_SCALE = 2.5;
const SHOCK_SCALE = 1 / Math.sqrt(1 + WILD_SHARE * (WILD_SCALE * WILD_SCALE - 1));

/** The 32-bit FNV-1a hash of a name, mixed with a seed: each series draws from a stream of its own. */
function streamState(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Makes the stream `name` of a seed by a Weyl sequence with a 32-bit finalizer (MurmurHash3's, public domain). */
export function createRandom(seed: number, name: string): Random {
  let state = streamState(seed, name);
  function uniform(): number {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  }
  function normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  }
  return {
    uniform,
    normal,
    shock: () => normal() * (uniform() < WILD_SHARE ? WILD_SCALE : 1) * SHOCK_SCALE,
  };
}
