import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAddress, readAddress } from '../../shared/subscriptions/address.ts';
import { checkWanted, fullTopic } from '../../shared/subscriptions/wanted.ts';

const wanted = {
  channel: 'email',
  address: 'ann@example.com',
  rules: ['*'],
  severity: 'info',
  form: 'single',
} as const;

describe('an address', () => {
  it.each([
    ['email', 'ann@example.com', 'ann@example.com'],
    ['email', ' Ann.B+x@Example.COM ', 'Ann.B+x@example.com'],
    ['sms', '+12025550123', '+12025550123'],
    ['sms', '+1 (202) 555-0123', '+12025550123'],
    ['sms', '+49 30 901820', '+4930901820'],
  ] as const)('by %s `%s` is kept as %s', (channel, text, kept) => {
    expect(readAddress(channel, text)).toEqual({ ok: true, value: kept });
  });

  it.each([
    ['email', ''],
    ['email', 'ann'],
    ['email', 'ann@'],
    ['email', 'a@b'],
    ['email', 'ann@example.com\nBcc: all@example.com'],
    ['email', `${'a'.repeat(250)}@example.com`],
    ['email', '+12025550123'],
    ['sms', ''],
    ['sms', '3035550123'],
    ['sms', '0013035550123'],
    ['sms', '+1'],
    ['sms', '+1303555'],
    ['sms', '+999123456789'],
    ['sms', 'ann@example.com'],
  ] as const)('by %s is not `%s`, and the reason does not repeat it', (channel, text) => {
    const read = readAddress(channel, text);
    expect(read.ok).toBe(false);
    if (!read.ok && text.length > 3) expect(read.errors.join()).not.toContain(text);
  });

  it.each([
    ['email', 'ann@example.com', 'a…@example.com'],
    ['email', 'a@example.com', '…@example.com'],
    ['email', 'nonsense', '…'],
    ['sms', '+12025550142', '+1…42'],
    ['sms', '+4930901820', '+49…20'],
    ['sms', '12', '+…'],
  ] as const)('by %s %s is shown as %s', (channel, address, masked) => {
    expect(maskAddress(channel, address)).toBe(masked);
  });

  it('is never shown whole', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const masked = maskAddress('email', address);
        expect(masked).not.toBe(address);
        expect(masked).toContain('…');
      }),
      { numRuns: 100, seed: 8 },
    );
  });
});

describe('a wanted subscription', () => {
  it('is kept without patterns that others cover', () => {
    const checked = checkWanted({ ...wanted, rules: ['small-cap-streak', 'small-*'] });
    expect(checked).toEqual({ ok: true, value: { ...wanted, rules: ['small-*'] } });
  });

  it.each([
    ['no rules', [], 'stands for all'],
    ['a pattern with the star in front', ['*-cap'], '`*-cap` names no rules'],
    ['an empty pattern', [''], 'names no rules'],
  ] as const)('with %s is refused', (_, rules, reason) => {
    const checked = checkWanted({ ...wanted, rules });
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.errors.join()).toContain(reason);
  });

  it.each([
    ['info', 50],
    ['notice', 75],
    ['urgent', 150],
  ] as const)('from %s on may name %i rules, and is told to use a prefix for one more', (severity, most) => {
    const rules = Array.from({ length: most + 1 }, (_, index) => `rule-${index}`);
    expect(checkWanted({ ...wanted, severity, rules: rules.slice(1) }).ok).toBe(true);
    const refused = checkWanted({ ...wanted, severity, rules });
    expect(refused.ok).toBe(false);
    if (!refused.ok) expect(refused.errors.join()).toMatch(/use a prefix/);
  });

  it('is the last a topic takes as number 200', () => {
    expect(fullTopic(199)).toBeNull();
    expect(fullTopic(200)).toMatch(/remove one/);
  });
});
