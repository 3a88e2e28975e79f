import type { Instant } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import { changeJson, readJson } from './json-record.ts';
import { runsName } from './names.ts';

/** The workflows of the service. */
export type RunKind = 'ingest' | 'backfill' | 'evaluate' | 'deliver' | 'mail' | 'watchdog';

/** One decision of a run and its reason: one line of the log. `subject` is a session, a rule or an alert id. */
export interface Decision {
  readonly what: string;
  readonly subject: string;
  readonly why: string;
}

/** What a run of a workflow came to. */
export interface RunReport {
  readonly kind: RunKind;
  readonly at: Instant;
  readonly decisions: readonly Decision[];
  /** What an operator must look at. */
  readonly findings: readonly Decision[];
  readonly counts: Readonly<Record<string, number>>;
}

/** What is kept of a run: findings in full, decisions counted. */
export interface KeptRun {
  readonly at: Instant;
  readonly ended: Instant;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly Decision[];
}

const KEPT_RUNS = 40;
const KEPT_FINDINGS = 20;

/** Keeps what a run came to, the last forty of a kind. */
export async function keepRun(records: RecordStore, report: RunReport, ended: Instant): Promise<void> {
  const { kind, at, counts, findings } = report;
  const kept: KeptRun = { at, ended, counts, findings: findings.slice(0, KEPT_FINDINGS) };
  await changeJson<readonly KeptRun[]>(records, runsName(kind), (before) =>
    [kept, ...(before ?? [])].slice(0, KEPT_RUNS),
  );
}

/** The last runs of a kind, newest first. */
export async function listRuns(records: RecordStore, kind: RunKind): Promise<readonly KeptRun[]> {
  return (await readJson<readonly KeptRun[]>(records, runsName(kind)))?.value ?? [];
}

/** A report while it is written. */
export interface Protocol {
  decide(what: string, subject: string, why: string): void;
  find(what: string, subject: string, why: string): void;
  count(name: string, by?: number): void;
  report(): RunReport;
}

/** Starts a report. */
export function openProtocol(kind: RunKind, at: Instant): Protocol {
  const decisions: Decision[] = [];
  const findings: Decision[] = [];
  const counts: Record<string, number> = {};
  return {
    decide: (what, subject, why) => void decisions.push({ what, subject, why }),
    find(what, subject, why) {
      findings.push({ what, subject, why });
      decisions.push({ what, subject, why });
    },
    count(name, by = 1) {
      counts[name] = (counts[name] ?? 0) + by;
    },
    report: () => ({ kind, at, decisions, findings, counts }),
  };
}

/** An error's text; what is thrown need not be an error. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
