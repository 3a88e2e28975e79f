import type { Draft } from '../../../shared/api/rules.ts';

/** A draft as a reader edits it: every key a text, so that nothing that was typed is lost while it is not right yet. */
export interface Form {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly resolve_when: string;
  readonly hold: string;
  readonly keep_firing: string;
  readonly severity: NonNullable<Draft['severity']>;
  readonly update: string;
  /** Divided by commas. */
  readonly tags: string;
  readonly measure: string;
  readonly threshold: string;
  readonly direction: '' | 'up' | 'down';
  /** One expression a line. */
  readonly outcome: string;
  readonly evidence: readonly string[];
  readonly note: string;
  /** One `code: reason` a line. */
  readonly expect: string;
}

/** A form with nothing in it but the defaults. */
export const EMPTY_FORM: Form = {
  ...{ id: '', title: '', when: '', resolve_when: '', hold: '1', keep_firing: '0', severity: 'notice' },
  ...{
    update: 'never',
    tags: '',
    measure: '',
    threshold: '',
    direction: '',
    outcome: '',
    evidence: [],
    note: '',
  },
  expect: '',
};

/** A draft as a form shows it. */
export function formOf(draft: Draft): Form {
  const { tags = [], outcome = [], evidence = [], expect = {}, threshold } = draft;
  const { id, title, when, resolve_when = '', measure = '', direction = '', note = '' } = draft;
  return {
    ...{ id, title, when, resolve_when, measure, direction, note, evidence },
    severity: draft.severity ?? EMPTY_FORM.severity,
    update: draft.update ?? EMPTY_FORM.update,
    hold: String(draft.hold ?? EMPTY_FORM.hold),
    keep_firing: String(draft.keep_firing ?? EMPTY_FORM.keep_firing),
    threshold: threshold === undefined ? '' : String(threshold),
    tags: tags.join(', '),
    outcome: outcome.join('\n'),
    expect: Object.entries(expect)
      .map(([code, reason]) => `${code}: ${reason}`)
      .join('\n'),
  };
}

/** Something a form says that no draft can, and the key it is about. */
export interface Misfit {
  readonly field: keyof Form;
  readonly message: string;
}

/** What a form says that no draft can: counts that are none. */
export function misfits({ hold, keep_firing, expect }: Form): readonly Misfit[] {
  const wrong: Misfit[] = [];
  if (!/^[1-9]\d{0,3}$/.test(hold.trim())) wrong.push({ field: 'hold', message: 'A whole number from 1.' });
  if (!/^\d{1,4}$/.test(keep_firing.trim())) {
    wrong.push({ field: 'keep_firing', message: 'A whole number from 0.' });
  }
  if (lines(expect).some((line) => !/^[a-z-]+\s*:\s*\S/.test(line))) {
    wrong.push({ field: 'expect', message: 'One a line: the code of a hint, a colon, the reason.' });
  }
  return wrong;
}

/**
 * The draft that a form without misfits says. What has its default or is empty is left out, unless the draft it was
 * made from said it too.
 */
export function draftOf(form: Form, from: Draft | null = null): Draft {
  const said = <Key extends keyof Draft>(key: Key, value: Draft[Key], absent: boolean): Partial<Draft> =>
    absent && from?.[key] === undefined ? {} : { [key]: value };
  const expected = expectationsOf(form.expect);
  return {
    id: form.id.trim(),
    title: form.title.trim(),
    when: form.when,
    ...given('resolve_when', form.resolve_when),
    ...said('hold', Number(form.hold), form.hold.trim() === EMPTY_FORM.hold),
    ...said('keep_firing', Number(form.keep_firing), form.keep_firing.trim() === EMPTY_FORM.keep_firing),
    ...said('severity', form.severity, form.severity === EMPTY_FORM.severity),
    ...said('update', form.update, form.update === EMPTY_FORM.update),
    ...said('tags', listOf(form.tags), listOf(form.tags).length === 0),
    ...given('measure', form.measure),
    ...thresholdOf(form.threshold, from),
    ...(form.direction === '' ? {} : { direction: form.direction }),
    ...said('outcome', lines(form.outcome), lines(form.outcome).length === 0),
    ...said('evidence', [...form.evidence], form.evidence.length === 0),
    ...(form.note.trim() === '' ? {} : { note: form.note }),
    ...said('expect', expected, Object.keys(expected).length === 0),
  };
}

function given(key: 'resolve_when' | 'measure', text: string): Partial<Draft> {
  return text.trim() === '' ? {} : { [key]: text };
}

/** A plain number is kept as one; everything else is an expression. */
function thresholdOf(text: string, from: Draft | null): Partial<Draft> {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  if (from !== null && String(from.threshold) === trimmed && from.threshold !== undefined) {
    return { threshold: from.threshold };
  }
  return { threshold: /^-?\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function expectationsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const [code = '', ...rest] = line.split(':');
      return [code.trim(), rest.join(':').trim()];
    }),
  );
}

/** An id made of the words of a title: "Small caps lead" is `small-caps-lead`. */
export function idFrom(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
}

/** An id for a copy that no other rule has. */
export function copyId(of: string, taken: ReadonlySet<string>): string {
  const base = `my-${of}`.slice(0, 60);
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** A key of two forms that differs, with both texts. */
export interface FormChange {
  readonly field: keyof Form;
  readonly theirs: string;
  readonly mine: string;
}

/** The keys that two forms say differently, in the order of the form. */
export function changesBetween(theirs: Form, mine: Form): readonly FormChange[] {
  return (Object.keys(EMPTY_FORM) as (keyof Form)[])
    .map((field) => ({ field, theirs: shown(theirs[field]), mine: shown(mine[field]) }))
    .filter((change) => change.theirs !== change.mine);
}

function shown(value: Form[keyof Form]): string {
  return typeof value === 'string' ? value : value.join(', ');
}
