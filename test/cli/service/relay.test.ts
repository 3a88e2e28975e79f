import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { relayOf } from '../../../cli/service/relay.ts';
import { openLocalStore } from '../../../local/runtime/local-store.ts';
import { holdOwn, holdSample } from '../../../local/runtime/holding.ts';
import { contextWith } from '../context.ts';
import { folderWith } from '../folder.ts';

const relayIn = (environment: Record<string, string>) => relayOf(contextWith({ environment }));
const URL_SET = { TIDEMARK_SMTP_URL: 'smtp://user:secret@mail.example.com:587' };
const WHOLE = { ...URL_SET, TIDEMARK_SMTP_FROM: 'tidemark@example.com' };

describe('the mail server of the environment', () => {
  it('is none unless it is named, and then needs a sender; its password is not told', () => {
    expect(relayIn({})).toBe(null);
    expect(relayIn({ TIDEMARK_SMTP_URL: '' })).toBe(null);
    expect(relayIn(WHOLE)?.name).toBe('mail.example.com:587');
    expect(() => relayIn(URL_SET)).toThrow(/^TIDEMARK_SMTP_FROM has to name the sender/);
    expect(() => relayIn({ ...WHOLE, TIDEMARK_SMTP_URL: 'secret' })).toThrow(/^TIDEMARK_SMTP_URL: expected/);
    expect(() => relayIn({ ...WHOLE, TIDEMARK_SMTP_URL: 'secret' })).not.toThrow(/secret/);
  });

  it('gets what is somebody\u2019s own, and never the sample', async () => {
    for (const [kind, expected] of [
      ['own', 'mail.example.com:587'],
      ['sample', null],
      ['new', null],
    ] as const) {
      const store = await openLocalStore(join(folderWith({}), 'store'), () => 0, 'private', relayIn(WHOLE));
      if (kind === 'own') await holdOwn(store.records);
      if (kind === 'sample') await holdSample(store.records, { note: 'made up', last: '2026-01-12' });
      expect([kind, await store.relayName()]).toEqual([kind, expected]);
      await store.end();
    }
  });
});
