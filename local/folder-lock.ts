import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Holds a folder for this process until it is let go. */
export interface FolderLock {
  release(): void;
}

/** Somebody else works in the folder; the message is one line for people. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Takes a folder for this process. Throws a `FolderInUseError` while another process holds it; what a dead process left
 * behind is taken over.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  const own = identityOf(process.pid);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    if (!placed(draft, path)) {
      clearStale(path, folder);
      if (!placed(draft, path)) throw inUse(folder, textAt(path));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (textAt(path) === own) rmSync(path, { force: true });
    },
  };
}

/** A link comes into being whole or not at all, and never over what is there. */
function placed(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock out of the way; puts it back where it turns out to be a living one's. */
function clearStale(path: string, folder: string): void {
  const found = textAt(path);
  if (isAlive(found)) throw inUse(folder, found);
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    // Somebody else cleared it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = textAt(aside);
  if (moved !== found && isAlive(moved)) placed(aside, path);
  rmSync(aside, { force: true });
}

/** `PID START`, where the system tells when a process started: a number alone may be somebody else's by now. */
function identityOf(pid: number): string {
  return `${pid} ${startOf(pid)}`;
}

function isAlive(identity: string): boolean {
  const pid = Number(identity.split(' ')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return identityOf(pid) === identity;
}

/** Ticks from the system's start to the process's; empty where the system does not say. */
function startOf(pid: number): string {
  const stat = textAt(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function inUse(folder: string, identity: string): FolderInUseError {
  return new FolderInUseError(`${folder} is in use by process ${identity.split(' ')[0]}: end that one first`);
}
