import { promises } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file as a whole: after a crash at any moment there is either the old one or the new one. What is written
 * lies beside it until it is complete, under a name no reader takes for a CSV file.
 */
export async function writeWhole(path: string, portions: Iterable<string>): Promise<void> {
  await promises.mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.unfinished`;
  try {
    const file = await promises.open(unfinished, 'w');
    try {
      for (const portion of portions) await file.writeFile(portion);
      await file.sync();
    } finally {
      await file.close();
    }
    await promises.rename(unfinished, path);
  } catch (error) {
    await promises.rm(unfinished, { force: true });
    throw error;
  }
}
