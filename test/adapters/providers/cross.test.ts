import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../adapters/providers/answer.ts';
import { parseAnswer } from '../../../adapters/providers/parse.ts';
import { RECORDED, WALL } from '../../replicas/bodies.ts';
import { ERRORS } from '../../replicas/errors.ts';
import { asked } from './context.ts';

const bodies = PROVIDERS.flatMap((owner) =>
  Object.entries(RECORDED[owner]).map(([name, body]) => ({ owner, name, body })),
);

describe.each(PROVIDERS)('the parser of %s', (provider) => {
  it.each(bodies.filter(({ owner }) => owner === provider))('accepts its own $name', ({ body }) => {
    const symbols = provider === 'tiingo' ? { symbols: ['GOOGL'] } : {};
    const answer = parseAnswer(provider, body, asked(symbols));
    expect(answer).toMatchObject({ kind: 'ok', refused: [] });
    expect(answer.accepted.length).toBeGreaterThan(0);
  });

  it.each(bodies.filter(({ owner }) => owner !== provider))('refuses $name of $owner', ({ body }) => {
    for (const context of [asked(), asked({ symbols: ['GOOGL'] }), asked({ symbols: ['SPY'] })]) {
      const { kind, accepted } = parseAnswer(provider, body, context);
      expect(accepted).toEqual([]);
      expect(['schema', 'blocked']).toContain(kind);
    }
  });

  it.each(ERRORS.filter(({ provider: owner }) => owner !== provider))(
    'takes no value from $name of $provider',
    ({ body, status }) => {
      for (const given of [status, 200]) {
        const { kind, accepted } = parseAnswer(provider, body, asked({ status: given, symbols: ['SPY'] }));
        expect(accepted).toEqual([]);
        expect(kind).not.toBe('ok');
      }
    },
  );

  it('takes a wall for a wall', () => {
    expect(parseAnswer(provider, WALL, asked()).kind).toBe('blocked');
    expect(parseAnswer(provider, WALL, asked({ status: 403 })).kind).toBe('blocked');
  });

  it.each([500, 502, 503, 504, 520, 522])('takes status %i for a failure on the way', (status) => {
    for (const body of [WALL, ...Object.values(RECORDED[provider])]) {
      expect(parseAnswer(provider, body, asked({ status }))).toMatchObject({
        kind: 'transient',
        accepted: [],
      });
    }
  });

  it('takes an empty answer and a cut one for no value', () => {
    for (const body of Object.values(RECORDED[provider])) {
      const cut = body.slice(0, Math.floor(body.length / 3));
      expect(parseAnswer(provider, cut, asked({ symbols: ['ZZZ'] })).accepted).toEqual([]);
    }
    expect(parseAnswer(provider, new Uint8Array(), asked())).toMatchObject({
      kind: 'transient',
      accepted: [],
    });
  });

  it('refuses what is longer than any answer', () => {
    expect(parseAnswer(provider, new Uint8Array(9_000_000), asked()).kind).toBe('schema');
  });
});

it.each(ERRORS)('$provider: $name is $kind', ({ provider, body, status, kind }) => {
  const answer = parseAnswer(provider, body, asked({ status, symbols: ['SPY'], session: '2026-01-30' }));
  expect(answer).toMatchObject({ kind, accepted: [] });
});
