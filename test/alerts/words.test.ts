import { describe, expect, it } from 'vitest';
import type { DefinitionWords } from '../../shared/alerts/alert.ts';
import { wordsOf } from '../../shared/alerts/words.ts';
import { marketOf, priced, withField } from '../support/archive-of.ts';
import { rulesOf } from '../support/rules-of.ts';

const fed = withField('FOMC', 'change_bp', { kind: 'event', unit: 'bp', staleAfter: null });
const index = withField('SP500', 'forward_pe', { kind: 'level', unit: 'multiple', staleAfter: 95 });
const market = marketOf(
  [
    priced('IWM'),
    priced('SPY'),
    { ...fed, name: 'FOMC decision' },
    { ...index, name: 'S&P 500' },
    {
      ...withField('SP600', 'forward_pe', { kind: 'level', unit: 'multiple', staleAfter: 95 }),
      name: 'S&P 600',
    },
  ],
  {
    universes: new Map([
      ['MAG7', { id: 'MAG7', name: 'the Magnificent Seven', members: ['IWM', 'SPY'], coverage: 0.95 }],
    ]),
  },
);

function wordsFor(when: string, more = ''): DefinitionWords {
  const [rule] = rulesOf(`rules:\n  - id: x\n    when: ${when}\n${more}`, market);
  if (rule === undefined) throw new Error(when);
  return wordsOf(rule, market);
}

describe('the words of a measure', () => {
  it.each([
    ['streak(ret(IWM) > ret(SPY)) >= 7', "IWM's daily price return was above SPY's on {value} in a row"],
    ['streak(FOMC.change_bp < 0) >= 3', "FOMC decision's change was below zero {value} in a row"],
    ['ytd(IWM) >= 6%', "IWM's price return this year was {value}"],
    ['ret(IWM, 231) - ret(SPY, 231) > 0%', "IWM's price return over 231 sessions minus SPY's was {value}"],
    [
      'discount(SP600.forward_pe, SP500.forward_pe) >= 30%',
      "the discount of S&P 600's forward P/E to S&P 500's was {value}",
    ],
    ['count(MAG7, ytd(member) < 0) >= 7', '{value} of the Magnificent Seven were down on the year'],
    [
      'count(MAG7, ytd(member) > 5%) >= 7',
      "for {value} of the Magnificent Seven the member's price return this year was above 5%",
    ],
    ['votes(ret(IWM) > 0, ret(SPY) > 0) >= 1', '{value} agreed'],
    [
      'share(MAG7, ytd(member) > 5%) > 50%',
      "the share of the Magnificent Seven for which the member's price return this year was above 5% was {value}",
    ],
    [
      'correlation(ret(IWM), ret(SPY), 60) < 0.7',
      "the 60-session correlation of IWM's daily price return and SPY's was {value}",
    ],
  ])('of %s', (when, clause) => {
    expect(wordsFor(when).clause).toBe(clause);
  });

  it('say how its values are printed and what a streak counts', () => {
    expect(wordsFor('ytd(IWM) >= 6%')).toMatchObject({ figure: 'signed', counts: null });
    expect(wordsFor('correlation(ret(IWM), ret(SPY), 60) < 0.7').figure).toBe('plain');
    expect(wordsFor('discount(SP600.forward_pe, SP500.forward_pe) >= 30%').figure).toBe('percent');
    expect(wordsFor('streak(ret(IWM) > 0) >= 2').counts).toBe('sessions');
    expect(wordsFor('streak(FOMC.change_bp < 0) >= 3').counts).toBe('times');
  });
});

describe('what a measure counts', () => {
  it('is signs out of all of them, members out of those of the session, or nothing', () => {
    expect(wordsFor('votes(ret(IWM) > 0, ret(SPY) > 0) >= 1').tally).toEqual({
      noun: 'sign',
      of: 2,
      universe: null,
      verb: 'agree',
    });
    expect(wordsFor('count(MAG7, ytd(member) < 0) >= 7').tally).toEqual({
      noun: 'member',
      of: null,
      universe: 'MAG7',
      verb: '',
    });
    expect(wordsFor('count(ret(IWM) > 0, 20) >= 7').tally).toBeNull();
    expect(wordsFor('share(MAG7, ytd(member) < 0) > 50%').tally).toBeNull();
  });

  it.each([
    ['votes(ret(IWM) > 0, ret(SPY) > 0) >= 2', 'at least 2 of the 2 signs agree'],
    ['votes(ret(IWM) > 0, ret(SPY) > 0) == 1', 'exactly 1 of the 2 signs agrees'],
    [
      'not (count(MAG7, ytd(member) < 0) >= 7)',
      'fewer than 7 members of the Magnificent Seven are down on the year',
    ],
    ['count(MAG7, ytd(member) < 0) > 1', 'more than 1 member of the Magnificent Seven is down on the year'],
  ])('is compared in words: %s', (when, condition) => {
    expect(wordsFor(when, '    measure: ytd(IWM)\n').condition).toBe(condition);
  });

  it('starts again with the year, the quarter or the month where a return of it is anywhere in it', () => {
    expect(wordsFor('ytd(IWM) - ytd(SPY) > 0').restarts).toBe('year');
    expect(wordsFor('count(MAG7, mtd(member) < 0) >= 7').restarts).toBe('month');
    expect(wordsFor('qtd(IWM) > 0').restarts).toBe('quarter');
    expect(wordsFor('ret(IWM, 20) > 0').restarts).toBeNull();
  });
});

describe('the words of a condition', () => {
  it('say what would end it', () => {
    const streak = 'streak(ret(IWM) > ret(SPY)) >= 7';
    expect(wordsFor(streak).resolvesWhen).toBe(
      "IWM's daily price return is above SPY's on fewer than 7 sessions in a row",
    );
    expect(wordsFor(streak, '    resolve_when: streak(ret(IWM) > ret(SPY)) == 0\n').resolvesWhen).toBe(
      "IWM's daily price return is at or below SPY's",
    );
  });

  it('name a month, and an average of the same as its own', () => {
    const lead = 'mtd(IWM) - mtd(SPY)';
    const { condition, resolvesWhen } = wordsFor(
      `month() == 1 and ${lead} > seasonal(${lead})`,
      `    measure: ${lead}\n`,
    );
    const said = "IWM's price return this month minus SPY's is";
    const average = 'its average for the end of this month, over earlier years';
    expect(condition).toBe(`it is January and ${said} above ${average}`);
    expect(resolvesWhen).toBe(`it is not January or ${said} at or below ${average}`);
    expect(wordsFor('IWM.close > sma(IWM.close, 200)').condition).toBe(
      'IWM is above its 200-session average',
    );
    expect(wordsFor('month() == 13', '    expect: {never-true: x}\n').condition).toBe(
      'the month of the year is equal to 13',
    );
  });

  it.each([
    ['firing("x2") and not (ret(IWM) > 0)', 'the rule x2 is not firing or IWM is up on the day'],
    [
      'ret(IWM) < 1% or ret(SPY) < 1% or month() == 5',
      "IWM's daily price return is at or above 1% and SPY's daily price return is at or above 1% and it is not May",
    ],
    [
      'month() == 5 and ret(IWM) > 1% or ret(SPY) > 1%',
      "it is no longer true that it is May and IWM's daily price return is above 1% or SPY's daily price return is above 1%",
    ],
  ])('say part by part what would end it, where no bracket is lost by it: %s', (when, resolvesWhen) => {
    const x2 = '  - id: x2\n    when: ret(IWM) > 5%\n';
    expect(wordsFor(when, `    measure: ret(IWM)\n${x2}`).resolvesWhen).toBe(resolvesWhen);
  });

  it('speak of members, other rules and crossings', () => {
    expect(wordsFor('all(MAG7, ytd(member) < 0)').condition).toBe(
      'every one of the Magnificent Seven is down on the year',
    );
    expect(wordsFor('crossover(IWM.close, SPY.close)').condition).toBe('IWM crossed above SPY');
    expect(wordsFor('ytd(IWM) >= 6% and ytd(IWM) > ytd(SPY)').condition).toBe(
      "IWM's price return this year is at or above 6% and IWM's price return this year is above SPY's",
    );
  });

  it('fall back to the canonical text', () => {
    expect(wordsFor('max(ret(IWM),ret(SPY)) > 1%').clause).toBe('max(ret(IWM), ret(SPY)) was {value}');
  });

  it('name an outcome so that it fits every horizon', () => {
    expect(wordsFor('ret(IWM) > 0', '    outcome: [ret(IWM) - ret(SPY)]\n').outcomes).toEqual({
      'ret(IWM) - ret(SPY)': "IWM's price return minus SPY's",
    });
  });
});
