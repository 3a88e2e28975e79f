import { describe, expect, it } from 'vitest';
import { linkTokens } from '../../../adapters/mail/tokens.ts';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';

const ID = 'email-0123456789ab';
const tokensOf = (records = createMemoryRecords(), secret = 'a secret') => linkTokens(records, () => secret);

describe('tokens of links in mails', () => {
  it('say whom they are for, and only for what they were made', async () => {
    const tokens = tokensOf();
    const token = await tokens.sign('unsubscribe', ID);
    expect(token).toMatch(/^email-0123456789ab\.[\w-]{43}$/);
    expect(await tokens.read('unsubscribe', token)).toBe(ID);
    expect(await tokens.read('confirm', token)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['an id alone', ID],
    ['an id without its signature', `${ID}.`],
    ['an address', 'ann@example.com'],
  ])('are not %s', async (_, token) => {
    expect(await tokensOf().read('unsubscribe', token)).toBeNull();
  });

  it('cannot be changed in any place, nor carried over to another subscription', async () => {
    const tokens = tokensOf();
    const token = await tokens.sign('confirm', ID);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      // The last letter of 43 holds two bits that no byte needs.
      if (at < token.length - 1) expect(await tokens.read('confirm', changed)).toBeNull();
    }
    const [, mac] = token.split('.');
    expect(await tokens.read('confirm', `email-0123456789ac.${mac}`)).toBeNull();
  });

  it('hold in every process that reads the same records, whoever made the secret', async () => {
    const records = createMemoryRecords();
    const [one, other] = [tokensOf(records, 'first'), tokensOf(records, 'second')];
    const [a, b] = await Promise.all([one.sign('confirm', ID), other.sign('confirm', ID)]);
    expect(a).toBe(b);
    expect(await tokensOf(createMemoryRecords(), 'third').read('confirm', a)).toBeNull();
  });
});
