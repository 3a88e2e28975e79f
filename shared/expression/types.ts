/** The unit a number carries inside expressions. */
export type Unit = 'price' | 'ratio' | 'multiple' | 'number' | 'sessions';

/** The type of an expression, known before it runs. */
export type ValueType = { readonly kind: 'number'; readonly unit: Unit } | { readonly kind: 'condition' };

/**
 * A condition's value on one session, as bits, so that Kleene's operators need no branch:
 * 0 no data, 1 true, 2 false.
 */
export type Code = 0 | 1 | 2;
export const NO_DATA = 0;
export const TRUE = 1;
export const FALSE = 2;
