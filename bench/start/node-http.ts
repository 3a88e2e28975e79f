/**
 * Takes the place of `node:http` in the bundles: to import that as a module loads all of fetch besides, 30 ms that no
 * deployed function pays, since it speaks HTTPS.
 */
export const { Agent, request } = process.getBuiltinModule('node:http');
