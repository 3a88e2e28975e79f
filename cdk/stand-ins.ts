/** Modules that others take the place of in the bundles, because a function needs less of them or none. */
export const STAND_INS = [
  ['@aws-sdk/credential-provider-node', 'lambdas/bundle/credentials.ts'],
  ['@aws-sdk/endpoint-cache', 'lambdas/bundle/endpoint-cache.ts'],
  ['@smithy/core/event-streams', 'lambdas/bundle/event-streams.ts'],
  // The same parser as ES modules, of which esbuild leaves out what is not used.
  ['yaml', 'node_modules/yaml/browser/index.js'],
  ['entities/decode', 'lambdas/bundle/entity-decoder.ts'],
] as const;
