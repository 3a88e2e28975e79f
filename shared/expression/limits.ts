/** Characters (code points) an expression may have. */
export const LONGEST_SOURCE = 4096;
/** How deep parentheses, calls and unary operators may nest. */
export const DEEPEST_NESTING = 64;
/** Nodes a tree may have. */
export const MOST_NODES = 500;
/** The longest window, and the largest k of `top`. */
export const LONGEST_WINDOW = 5000;
/** A bare literal of this size or more against a ratio is taken for a forgotten `%`. */
export const PERCENT_SUSPICION = 3;
/** Dates outside the calendar are refused here as everywhere. */
export const FIRST_DATE = '1980-01-01';
export const LAST_DATE = '2027-12-31';
