/** How often a take is tried again because what it rests on changed meanwhile. */
const TRIES = 3;

/**
 * Takes something again only where its key has changed; a take that failed is not kept, and one during which the key
 * changed is taken again, so that what is kept is of one moment.
 */
export function keptWhile<Taken>(
  keyOf: () => Promise<readonly unknown[]>,
  take: () => Promise<Taken>,
): () => Promise<Taken> {
  let last = '';
  let kept: Promise<Taken> | null = null;
  const keyNow = async (): Promise<string> => JSON.stringify(await keyOf());
  const settled = async (key: string): Promise<Taken> => {
    let before = key;
    for (let tried = 1; ; tried += 1) {
      const taken = await take();
      const after = await keyNow();
      if (after === before) return taken;
      if (tried === TRIES) {
        // What it is of is not known: the next call takes it again.
        last = '';
        return taken;
      }
      before = after;
      last = after;
    }
  };
  return async () => {
    const key = await keyNow();
    if (kept === null || key !== last) {
      last = key;
      const taking = settled(key);
      kept = taking;
      taking.catch(() => {
        if (kept === taking) kept = null;
      });
    }
    return await kept;
  };
}
