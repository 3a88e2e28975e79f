import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Contestant } from '../tasks/contestant.ts';
import { checksumOf } from '../tasks/engine.ts';
import type { Task } from '../tasks/rules.ts';

/** A process that answers each task it is told with its own milliseconds and sums. */
export interface Worker {
  readonly ask: (task: Task) => Promise<Answer>;
  readonly stop: () => void;
}

/** Starts a process that reads a task a line and writes `ms sum sum …` for each. */
export function startWorker(command: string, args: readonly string[]): Worker {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (task) => {
      child.stdin.write(`${task}\n`);
      const { value, done } = await lines.next();
      if (done === true || value === undefined) throw new Error(`${command} ended on task ${task}`);
      const [ms = Number.NaN, ...sums] = value.split(' ').map(Number);
      return { ms, checksum: checksumOf(task, sums) };
    },
    stop: () => void child.kill(),
  };
}

export function workerContestant(name: string, worker: Worker, task: Task): Contestant {
  return { name, note: '', run: () => worker.ask(task) };
}
