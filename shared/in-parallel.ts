/** Works through a list, so many at once, and keeps the order of the answers; the first failure ends it. */
export async function inParallel<One, Answer>(
  work: readonly One[],
  atOnce: number,
  each: (one: One) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  let failed = false;
  const run = async (): Promise<void> => {
    while (next < work.length && !failed) {
      const index = next++;
      try {
        answers[index] = await each(work[index] as One);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const runs = await Promise.allSettled(Array.from({ length: Math.min(atOnce, work.length) }, run));
  for (const outcome of runs) if (outcome.status === 'rejected') throw outcome.reason;
  return answers;
}
