/**
 * Takes the place of htmlparser2's decoder of references in the bundles, most of it a table of every name HTML knows: each
 * parser makes one, and none asks it anything, since references are resolved in adapters/providers/ssga/references.ts.
 */
export function EntityDecoder(): void {}
export const DecodingMode = {};
export const htmlDecodeTree = null;
export const xmlDecodeTree = null;
