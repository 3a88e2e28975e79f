import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageAttributes, Subscription } from '../../shared/ports/delivery.ts';
import { attributesOf, matches, SEVERITIES, severitiesFrom } from '../../shared/subscriptions/attributes.ts';
import { attributeLists, combinationsOf, filterPolicyOf } from '../../shared/subscriptions/filter-policy.ts';
import { readFilterPolicy } from '../../shared/subscriptions/read-filter-policy.ts';
import { isRulePattern, patternNames, withoutCovered } from '../../shared/subscriptions/pattern.ts';
import { policyComplaint, snsAccepts } from './sns-filter.ts';

type Wanted = Pick<Subscription, 'rules' | 'severity' | 'form'>;

const word = fc.constantFrom('small', 'cap', 'caps', 'streak', 'mag7', 'a');
const rule = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'));
const pattern = fc.oneof(
  rule,
  rule.map((id) => `${id}*`),
  rule.map((id) => `${id}-*`),
  fc.constant('*'),
);
const severity = fc.constantFrom(...SEVERITIES);
const wanted: fc.Arbitrary<Wanted> = fc.record({
  rules: fc.array(pattern, { minLength: 1, maxLength: 4 }),
  severity,
  form: fc.constantFrom('single' as const, 'digest' as const),
});
const message: fc.Arbitrary<MessageAttributes> = fc
  .tuple(
    fc.array(fc.record({ rule, severity }), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('single' as const, 'digest' as const, 'both' as const),
  )
  .map(([alerts, form]) => attributesOf(alerts, form));

/** Attributes as the publisher hands them to SNS. */
function asPublished(
  attributes: MessageAttributes,
): Record<string, { DataType: string; StringValue: string }> {
  return Object.fromEntries(
    [...attributeLists(attributes)].map(([name, values]) => [
      name,
      { DataType: 'String.Array', StringValue: JSON.stringify(values) },
    ]),
  );
}

describe('the matcher and the filter policy', () => {
  it('agree on every subscription and message', () => {
    let reached = 0;
    fc.assert(
      fc.property(wanted, message, (subscription, attributes) => {
        const policy = JSON.stringify(filterPolicyOf(subscription));
        const accepted = snsAccepts(policy, asPublished(attributes));
        if (accepted) reached += 1;
        expect(matches(subscription, attributes)).toBe(accepted);
      }),
      { numRuns: 600, seed: 4 },
    );
    expect(reached).toBeGreaterThan(60);
    expect(reached).toBeLessThan(540);
  });

  it('say of a digest what they say of its alerts one by one', () => {
    fc.assert(
      fc.property(wanted, message, (subscription, attributes) => {
        const single = attributes.alerts.some((alert) =>
          matches({ ...subscription, form: 'single' }, attributesOf([alert], 'single')),
        );
        expect(matches(subscription, { ...attributes, form: 'both' })).toBe(single);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('do not add the rule of one alert to the loudness of another', () => {
    const digest = attributesOf(
      [
        { rule: 'followed', severity: 'info' },
        { rule: 'other', severity: 'urgent' },
      ],
      'both',
    );
    expect(matches({ rules: ['followed'], severity: 'urgent', form: 'single' }, digest)).toBe(false);
    expect(matches({ rules: ['followed'], severity: 'info', form: 'single' }, digest)).toBe(true);
    expect(matches({ rules: ['other'], severity: 'urgent', form: 'single' }, digest)).toBe(true);
  });

  it.each([
    ['single', { single: true, digest: false }],
    ['digest', { single: false, digest: true }],
    ['both', { single: true, digest: true }],
  ] as const)('send a message of form %s to the subscribers it is for', (form, reached) => {
    const attributes = attributesOf([{ rule: 'a', severity: 'notice' }], form);
    const all = { rules: ['*'], severity: 'info' } as const;
    expect({
      single: matches({ ...all, form: 'single' }, attributes),
      digest: matches({ ...all, form: 'digest' }, attributes),
    }).toEqual(reached);
  });
});

describe('a filter policy', () => {
  it('is written as SNS reads it', () => {
    expect(
      filterPolicyOf({ rules: ['mag7-share', 'small-cap-*'], severity: 'notice', form: 'digest' }),
    ).toEqual({
      alert: [
        'notice:mag7-share',
        { prefix: 'notice:small-cap-' },
        'urgent:mag7-share',
        { prefix: 'urgent:small-cap-' },
      ],
      form: ['digest'],
    });
  });

  it('is read back as what it was made from', () => {
    fc.assert(
      fc.property(wanted, (subscription) => {
        const rules = withoutCovered(subscription.rules);
        const policy = filterPolicyOf({ ...subscription, rules });
        expect(readFilterPolicy(JSON.stringify(policy))).toEqual({ ...subscription, rules });
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it.each(['', '{}', '[]', 'null', '{"rule":["a"]}', '{"alert":["loud:a"],"form":["single"]}'])(
    'that is not ours is not read: %s',
    (text) => {
      expect(readFilterPolicy(text)).toBeNull();
    },
  );

  it('with an alert list that no minimum makes is not read', () => {
    expect(readFilterPolicy('{"alert":["info:a","urgent:a"],"form":["single"]}')).toBeNull();
  });

  it('counts its combinations as SNS does', () => {
    const rules = Array.from({ length: 50 }, (_, index) => `rule-${index}`);
    const policy = filterPolicyOf({ rules, severity: 'info', form: 'single' });
    expect(combinationsOf(policy)).toBe(150);
    expect(policyComplaint(JSON.stringify(policy))).toBeNull();
  });
});

describe('a pattern', () => {
  it.each(['*', 'a', 'small-cap-streak', 'small-cap-*', 'small*', 'mag7*'])('is %s', (text) => {
    expect(isRulePattern(text)).toBe(true);
  });

  it.each(['', '**', '*-cap', 'a*b', 'Small-*', 'a b', '-a', 'a--*', 'a?', ' *'])('is not `%s`', (text) => {
    expect(isRulePattern(text)).toBe(false);
  });

  it('names an id, or everything that begins alike', () => {
    expect(patternNames('small-cap', 'small-cap')).toBe(true);
    expect(patternNames('small-cap', 'small-cap-streak')).toBe(false);
    expect(patternNames('small-cap-*', 'small-cap-streak')).toBe(true);
    expect(patternNames('small-cap-*', 'small-cap')).toBe(false);
    expect(patternNames('*', 'anything')).toBe(true);
  });

  it('is dropped where another one covers it, and nothing else changes', () => {
    expect(withoutCovered(['small-cap-streak', 'small-*', 'a', 'small-cap-*', 'a'])).toEqual([
      'a',
      'small-*',
    ]);
    expect(withoutCovered(['b', '*', 'a'])).toEqual(['*']);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), rule, (patterns, id) => {
        const named = patterns.some((one) => patternNames(one, id));
        expect(withoutCovered(patterns).some((one) => patternNames(one, id))).toBe(named);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('a minimum severity', () => {
  it('lets through itself and what is louder', () => {
    expect(severitiesFrom('info')).toEqual(['info', 'notice', 'urgent']);
    expect(severitiesFrom('notice')).toEqual(['notice', 'urgent']);
    expect(severitiesFrom('urgent')).toEqual(['urgent']);
  });
});

describe('the attributes of a message', () => {
  it('name each rule, severity and pair once', () => {
    const twice = { rule: 'a', severity: 'notice' } as const;
    expect(attributesOf([twice, { rule: 'b', severity: 'info' }, twice], 'both')).toEqual({
      rules: ['a', 'b'],
      severities: ['info', 'notice'],
      alerts: [twice, { rule: 'b', severity: 'info' }],
      form: 'both',
    });
  });
});
