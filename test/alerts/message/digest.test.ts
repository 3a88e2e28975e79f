import { describe, expect, it } from 'vitest';
import { planDigest, renderDigest } from '../../../shared/alerts/message/digest.ts';
import { DISCOUNT, STREAK } from './sample-alert.ts';

const urgent = { ...STREAK, severity: 'urgent' as const };

describe('alerts of one session', () => {
  it('go out one by one up to three', () => {
    const three = [STREAK, DISCOUNT, urgent];
    expect(planDigest(three)).toEqual({ digest: null, alone: three });
    expect(planDigest([])).toEqual({ digest: null, alone: [] });
  });

  it('go out as one digest beyond three, urgent ones also alone', () => {
    const four = [STREAK, DISCOUNT, urgent, DISCOUNT];
    expect(planDigest(four)).toEqual({ digest: four, alone: [urgent] });
  });
});

describe('a digest', () => {
  const { subject, email, sms } = renderDigest([STREAK, DISCOUNT, STREAK, DISCOUNT]);

  it('counts its alerts and names the first ones in few characters', () => {
    expect(subject).toMatch(/^4 alerts, 12 Jan 2026: Small caps are beating large caps; /);
    expect(sms).toMatch(/^4 alerts, 12 Jan 2026: Small caps are beating large caps; /);
  });

  it('says what happened in each before each is told in full', () => {
    expect(email).toMatch(/^4 alerts on Monday 12 January 2026\.\n\n1\. Small caps are beating/);
    expect(email.indexOf('4. Small caps cost far less')).toBeLessThan(email.indexOf('DEFINITION'));
    expect(email.match(/DEFINITION/g)).toHaveLength(4);
  });

  it('stays far below what one publish may carry, however many alerts there are', () => {
    const { email: long } = renderDigest(Array.from({ length: 2000 }, () => STREAK));
    expect(long.length).toBeLessThan(90_000);
    expect(long).toMatch(/And [\d,]+ more alerts, each on record/);
  });
});
