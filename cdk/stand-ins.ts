/** Modules that others take the place of in the bundles, because a function needs less of them or none. */
export const STAND_INS = [
  ['@aws-sdk/credential-provider-node', 'lambdas/bundle/credentials.ts'],
  ['@aws-sdk/endpoint-cache', 'lambdas/bundle/endpoint-cache.ts'],
  ['@smithy/core/event-streams', 'lambdas/bundle/event-streams.ts'],
  // The same parser as ES modules, of which esbuild leaves out what is not used.
  ['yaml', 'node_modules/yaml/browser/index.js'],
  ['entities/decode', 'lambdas/bundle/entity-decoder.ts'],
] as const;

/** What only one function has no room for: the path of an alert keeps the SDK's own client. */
const STAND_INS_OF: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  api: [['@aws-sdk/client-dynamodb', 'lambdas/bundle/dynamodb.ts']],
};

/** What takes whose place in the bundle of one function. */
export function standInsOf(name: string): readonly (readonly [string, string])[] {
  return [...STAND_INS, ...(STAND_INS_OF[name] ?? [])];
}
