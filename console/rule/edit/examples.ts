import { EMPTY_FORM, type Form } from './form.ts';

/** A rule to begin with, and what it is for. */
export interface Example {
  readonly name: string;
  readonly about: string;
  readonly form: Form;
}

/** Three rules that show what can be said; each stands on funds that every market file of ours declares. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'A streak',
    about: 'One market beats another day after day: the story of January 2026.',
    form: {
      ...EMPTY_FORM,
      id: 'my-small-cap-streak',
      title: 'Small caps beat large caps day after day',
      when: 'streak(ret(IWM) > ret(SPY)) >= 7',
      resolve_when: 'streak(ret(IWM) > ret(SPY)) == 0',
      outcome: 'ret(IWM) - ret(SPY)',
      tags: 'rotation',
    },
  },
  {
    name: 'A gap over months',
    about: 'One market is ahead of another by a margin over a quarter.',
    form: {
      ...EMPTY_FORM,
      id: 'my-quarter-gap',
      title: 'Small caps lead by five points over a quarter',
      when: 'ret(IWM, 63) - ret(SPY, 63) >= 5%',
      keep_firing: '5',
      outcome: 'ret(IWM) - ret(SPY)',
      tags: 'rotation',
    },
  },
  {
    name: 'A fall from the top',
    about: 'The technology fund has fallen a tenth from its highest close.',
    form: {
      ...EMPTY_FORM,
      id: 'my-technology-fall',
      title: 'The Nasdaq has fallen a tenth from its top',
      when: 'drawdown(QQQ) <= -10%',
      resolve_when: 'drawdown(QQQ) > -5%',
      outcome: 'ret(QQQ)',
      tags: 'mega-caps',
    },
  },
];
