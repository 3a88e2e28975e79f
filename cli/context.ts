import type { Instant } from '../shared/calendar/calendar.ts';

/** The few styles the command uses, by the names `node:util` gives them. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where text goes: standard output for results, standard error for everything else. */
export interface Output {
  /** Writes text as it is; lines end with `\n`. Text may be held back until `flush`. */
  write(text: string): void;
  /** Writes what was held back and waits until the reader has taken it. */
  flush(): Promise<void>;
  /** Columns of the terminal, 80 where it is none. */
  readonly columns: number;
  readonly terminal: boolean;
  /** Puts a style around text where the reader can show it, else returns the text. */
  paint(style: Style, text: string): string;
}

/** All that a verb may know of the world outside its arguments. */
export interface Context {
  readonly out: Output;
  readonly err: Output;
  /** Standard input, as it arrives. */
  readonly input: AsyncIterable<Uint8Array | string>;
  /** The time of the call. */
  readonly now: Instant;
  /** The time as it goes on, for verbs that stay. */
  readonly clock: () => Instant;
  /** Milliseconds that only go forward: for saying how long something took. */
  readonly ticks: () => number;
  /** Ends when the user wants the command to end: Ctrl-C, or a signal. Asked for only by verbs that stay. */
  readonly interrupted: () => Promise<void>;
  /** Numbers from 0 to below 1. */
  readonly chance: () => number;
  /** Draws a text that nobody can guess. */
  readonly secret: () => string;
  /** Waits so many milliseconds, or until the signal says to wait no longer; never throws. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** The folder the command was called in. */
  readonly folder: string;
  /** The folder of the package, where the rules that ship are. */
  readonly packageFolder: string;
  /** Environment variables, for what is set once on a machine: the mail server, keys. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
}
