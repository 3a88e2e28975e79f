/** The event that says that a session was released for evaluation. */
export const SESSION_INGESTED = { source: 'tidemark', detailType: 'session ingested' } as const;
