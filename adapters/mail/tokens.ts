import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RecordStore } from '../../shared/ports/records.ts';
import { LINK_SECRET } from '../../shared/service/names.ts';

/** What a link in a mail may do, and nothing else with it. */
export type LinkPurpose = 'confirm' | 'unsubscribe';

/** Makes and reads the tokens of links in mails: each names one subscription and one purpose, and nobody can make another. */
export interface LinkTokens {
  sign(purpose: LinkPurpose, id: string): Promise<string>;
  /** The subscription a token is for; null where it is none of ours or for something else. */
  read(purpose: LinkPurpose, token: string): Promise<string | null>;
}

const TOKEN = /^((?:email|sms)-[0-9a-f]{12})\.([\w-]{43})$/;
/** More makers of the first secret at once than this are none of ours. */
const ROUNDS = 3;

/**
 * Tokens signed with a secret that is made when it is first needed and kept among the records: HMAC-SHA-256 over purpose
 * and id (RFC 2104). `draw` gives the secret: at least 128 bits that nobody can guess.
 */
export function linkTokens(records: RecordStore, draw: () => string): LinkTokens {
  let known: Promise<string> | null = null;
  const macOf = async (purpose: LinkPurpose, id: string): Promise<Buffer> => {
    known ??= secretIn(records, draw);
    return createHmac('sha256', await known)
      .update(`${purpose} ${id}`)
      .digest();
  };
  return {
    sign: async (purpose, id) => `${id}.${(await macOf(purpose, id)).toString('base64url')}`,
    async read(purpose, token) {
      const [, id, mac] = TOKEN.exec(token) ?? [];
      if (id === undefined || mac === undefined) return null;
      const [given, own] = [Buffer.from(mac, 'base64url'), await macOf(purpose, id)];
      return given.length === own.length && timingSafeEqual(given, own) ? id : null;
    },
  };
}

async function secretIn(records: RecordStore, draw: () => string): Promise<string> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const stored = await records.read(LINK_SECRET);
    if (stored !== null) return stored.value;
    const secret = draw();
    if ((await records.write(LINK_SECRET, secret, 0)) === 'written') return secret;
  }
  throw new Error('the secret of links in mails was written by somebody else, and is not there');
}
