import { createHash } from 'node:crypto';
import { promises } from 'node:fs';
import { join } from 'node:path';

/** What the built console is made of: its own folder, what it may import of shared/, and the packages. */
const FOLDERS = ['console', 'shared/api', 'shared/expression'];
const FILES = ['package-lock.json'];

/** Where builds lie, below the console's folder; none of it is a source. */
export const BUILDS = 'dist';

/** A digest of everything a build depends on: two builds of the same digest are the same. */
export async function sourcesDigest(root: string): Promise<string> {
  const listed = await Promise.all(FOLDERS.map((folder) => filesIn(root, folder)));
  const hash = createHash('sha256');
  for (const file of [...listed.flat().toSorted(), ...FILES]) {
    hash.update(`${file}\0`).update(await promises.readFile(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(root: string, folder: string): Promise<readonly string[]> {
  const entries = await promises.readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isFile()) return [path];
      return entry.isDirectory() && !entry.name.startsWith(BUILDS) ? await filesIn(root, path) : [];
    }),
  );
  return found.flat();
}
