import { promises } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** Makes a folder that its owner alone may enter, also where it was there before with other permissions. */
async function privateFolder(path: string): Promise<void> {
  await promises.mkdir(path, { recursive: true, mode: OWNER_ONLY_FOLDER });
  await promises.chmod(path, OWNER_ONLY_FOLDER);
}

/** Writes a file its owner alone may read, as a whole: after a crash at any moment there is the old one or the new one. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await privateFolder(dirname(path));
  const unfinished = `${path}.unfinished`;
  try {
    const file = await promises.open(unfinished, 'w', OWNER_ONLY_FILE);
    try {
      await file.writeFile(text);
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

/** Adds a line to such a file in one write; the break comes first, so that a line a crash cut short spoils no other. */
export async function appendPrivate(path: string, line: string): Promise<void> {
  await privateFolder(dirname(path));
  await promises.appendFile(path, `\n${line}`, { mode: OWNER_ONLY_FILE, flush: true });
}

/** The text of a file; null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await promises.readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The names in a folder, in order; none where there is no folder. */
export async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return (await promises.readdir(path)).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
