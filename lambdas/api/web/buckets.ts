/** How much at once, and how much comes back with time. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Lets calls through while there is room. */
export interface Buckets {
  /** Takes one of a key at a time in milliseconds; how many seconds to wait where there is none left, 0 where it was taken. */
  take(key: string, rate: Rate, now: number): number;
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Full buckets are as good as none: so many kept ones make room for new ones. */
const KEPT = 10_000;

/** A token bucket for each key, in this process alone. */
export function createBuckets(): Buckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, { burst, perSecond }, now) {
      const before = buckets.get(key) ?? { left: burst, at: now };
      const left = Math.min(burst, before.left + (Math.max(now - before.at, 0) / 1000) * perSecond);
      // The one that was asked last is last: the oldest make room.
      buckets.delete(key);
      buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
      const [oldest] = buckets.keys();
      if (buckets.size > KEPT && oldest !== undefined) buckets.delete(oldest);
      return left < 1 ? Math.ceil((1 - left) / perSecond) : 0;
    },
  };
}
