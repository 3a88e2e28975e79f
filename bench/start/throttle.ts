import { workerData } from 'node:worker_threads';

/** What to hold, and to which share of a core. */
export interface Hold {
  readonly pid: number;
  readonly share: number;
}

const PERIOD_MS = 50;

const { pid, share } = workerData as Hold;
const asleep = new Int32Array(new SharedArrayBuffer(4));

/** Whether the process is still there to be signalled. */
function signal(name: 'SIGSTOP' | 'SIGCONT'): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

// Stops and continues the process in turns, so that it runs for its share of each period, until it is gone.
while (signal('SIGCONT')) {
  Atomics.wait(asleep, 0, 0, PERIOD_MS * share);
  if (!signal('SIGSTOP')) break;
  Atomics.wait(asleep, 0, 0, PERIOD_MS * (1 - share));
}
