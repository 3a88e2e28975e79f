import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { DATA_DIR } from '../service/hold.ts';

/**
 * The data directory of a start, as it is named to people: the one given; for a folder of one's own one beside the
 * default's, told apart by the folder's path, because no two kinds of data share a store; else the default.
 */
export function startPlace(
  context: Context,
  { data, dataDir }: { readonly data?: string; readonly dataDir?: string },
): string {
  if (dataDir !== undefined) return dataDir;
  if (data === undefined) return DATA_DIR;
  const path = resolve(context.folder, data);
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  const name = basename(path).replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return join(DATA_DIR, 'data', `${name}-${digest}`);
}
