/** Stands where a function's handler is not written yet. */
export const handler = async (): Promise<{ readonly statusCode: number }> => ({ statusCode: 503 });
