import type { Caller } from '../adapters/aws/signed-call.ts';

/** The role of a function, as Lambda hands it over in the environment. */
export function roleIn(environment: Readonly<Record<string, string | undefined>>): Caller {
  return {
    region: environment['AWS_REGION'] ?? '',
    accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    sessionToken: environment['AWS_SESSION_TOKEN'] ?? null,
  };
}
