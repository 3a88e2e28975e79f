import type { Context } from 'hono';
import type { Result } from '../../shared/result.ts';
import type { Caller } from './handler.ts';
import type { Problem } from './problem.ts';

/** Finds out who calls, or why nobody is let in. */
export type Access = (context: Context) => Result<Caller, Problem>;
