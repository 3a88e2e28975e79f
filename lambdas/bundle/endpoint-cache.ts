/**
 * Takes the place of the SDK's memory of discovered endpoints in the bundles: each client makes one, and none looks into it,
 * since no function turns endpoint discovery on.
 */
export function EndpointCache(): void {}
