import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Universe } from '../data/universe.ts';
import { exportTo, scratch } from './export.ts';
import { startWorker, type Worker } from './worker.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Compiles the C program and starts it. Throws where there is no compiler. */
export function startC(universe: Universe): Worker {
  const folder = scratch();
  const program = join(folder, 'kernels');
  execFileSync('cc', ['-O3', '-march=native', '-o', program, here('kernels.c'), '-lm'], { stdio: 'pipe' });
  const { data, rules } = exportTo(folder, universe);
  return startWorker(program, [data, rules]);
}

/** The first Python that has pandas. */
function pythonWithPandas(): string {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(python, ['-c', 'import pandas'], { stdio: 'pipe' });
      return python;
    } catch {
      // The next one, or none.
    }
  }
  throw new Error('no Python here has pandas');
}

/** Starts the tasks in pandas. Throws where it is not there. */
export function startPandas(universe: Universe): Worker {
  const python = pythonWithPandas();
  const { data, rules } = exportTo(scratch(), universe);
  return startWorker(python, [here('pandas_tasks.py'), data, rules, universe.quality]);
}
