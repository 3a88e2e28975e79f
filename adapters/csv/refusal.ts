/** Something a CSV file says that is not taken. */
export interface Refusal {
  /** The file's name within its folder. */
  readonly file: string;
  /** Physical line, from 1. */
  readonly line: number;
  /** The column by its name in the header; empty where the whole file is meant. */
  readonly column: string;
  readonly reason: string;
}

/** Takes refusals of one file. */
export type Refuse = (line: number, column: string, reason: string) => void;
