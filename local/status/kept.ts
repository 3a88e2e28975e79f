/** Takes something again only where its key has changed; a take that failed is not kept. */
export function keptWhile<Taken>(
  keyOf: () => Promise<readonly unknown[]>,
  take: () => Promise<Taken>,
): () => Promise<Taken> {
  let last = '';
  let kept: Promise<Taken> | null = null;
  return async () => {
    const key = JSON.stringify(await keyOf());
    if (kept === null || key !== last) {
      last = key;
      kept = take();
      kept.catch(() => {
        kept = null;
      });
    }
    return await kept;
  };
}
