import { success } from '../../shared/result.ts';
import type { Handler } from './handler.ts';
import { LIMITS } from './limits.ts';

/** Who is asking, and what that allows. */
export const me: Handler<'me'> = async ({ caller, ground: { where, htmlMail, version } }) => {
  const { rules, recipients, bodyBytes, writes } = LIMITS;
  const limits = { rules, recipients, writesPerMinute: 60 * writes.perSecond, bodyBytes };
  return success({ user: caller.user, role: caller.role, where, htmlMail, limits, version });
};
