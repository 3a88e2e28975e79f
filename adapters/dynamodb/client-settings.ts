/**
 * What every client of the table is opened with. The SDK looks at each character of binary attributes before it decodes
 * them, which takes longer than all else it does for stored years; what the table answers was written by us.
 */
export const CLIENT_SETTINGS = {
  base64Decoder: (text: string): Uint8Array => Buffer.from(text, 'base64'),
} as const;
