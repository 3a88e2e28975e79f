import { failure, success } from '../../../shared/result.ts';
import type { PeopleGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

/** Confirms a subscription with the token of the message that its address got. */
export const confirm: Handler<'confirm', PeopleGround> = async ({ ground, body }) => {
  const outcome = await ground.subscriptions.confirm(body.token);
  if (outcome === 'confirmed') return success({ done: true });
  return failure(
    notFound('no subscription waits for this token: it has lapsed, or the token is another one'),
  );
};
