import { SNSClient } from '@aws-sdk/client-sns';

const CONNECT_MS = 2000;
const ANSWER_MS = 5000;

/** Where SNS is, where that is not what the environment says. */
export interface SnsPlace {
  readonly region?: string;
  readonly endpoint?: string;
}

/** How long one call may take at most, in milliseconds: the lease of a claim must be longer. */
export const LONGEST_CALL_MS = CONNECT_MS + ANSWER_MS;

/**
 * A client that tries once and gives up in time. Deliveries are tried again by whoever holds the lease; if the SDK did so
 * too, a publish could outlive its lease and be made twice unseen.
 */
export function snsClient(place: SnsPlace = {}): SNSClient {
  return new SNSClient({
    ...place,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });
}
