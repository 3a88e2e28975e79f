/**
 * The one table as data, so that the deployed and the embedded table are the same: string keys `pk` and `sk`, and one
 * sparse index of the alerts that are not settled yet.
 */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  due: {
    name: 'due',
    partitionKey: 'duePk',
    sortKey: 'dueSk',
    /** Attributes the index carries beside the keys: what tells a running lease from one that ran out. */
    includes: ['leaseUntil'],
  },
} as const;
