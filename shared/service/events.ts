/** The event that says that a session was released for evaluation. */
export const SESSION_INGESTED = 'session ingested';

/** The source of the events of one deployment: several of them share the account's event bus. */
export function eventSource(service: string): string {
  return `tidemark.${service}`;
}
