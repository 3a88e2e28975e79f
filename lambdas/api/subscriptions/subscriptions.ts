import type * as z from 'zod/mini';
import type { subscriptionView } from '../../../shared/api/records.ts';
import { mayCall } from '../../../shared/api/route.ts';
import type { Subscription } from '../../../shared/ports/delivery.ts';
import { failure, success } from '../../../shared/result.ts';
import { maskAddress } from '../../../shared/subscriptions/address.ts';
import type { PeopleGround } from '../ground.ts';
import type { Caller, Handler } from '../handler.ts';
import { notFound, refused } from '../problem.ts';
import { dropOwner, listOwners } from '../../../shared/service/subscription-owners.ts';

/** A subscription as somebody may see it: its address is masked for everybody, its owner's own included. */
export function viewOf(one: Subscription, own: boolean): z.infer<typeof subscriptionView> {
  const { id, channel, address, rules, severity, form, format = 'text', status } = one;
  const masked = maskAddress(channel, address);
  return { id, channel, address: masked, rules: [...rules], severity, form, format, status, own };
}

/** Whether a caller may see and end a subscription of somebody's. */
function maySee({ user, role }: Caller, owner: string | undefined): boolean {
  return owner === user || mayCall(role, 'operator');
}

/** The caller's subscriptions; all of them for an operator. */
export const subscriptions: Handler<'subscriptions', PeopleGround> = async ({ ground, caller }) => {
  const [all, owners] = await Promise.all([ground.subscriptions.list(), listOwners(ground.records)]);
  const shown = all.filter(({ id }) => maySee(caller, owners.get(id)));
  return success({ subscriptions: shown.map((one) => viewOf(one, owners.get(one.id) === caller.user)) });
};

/** Ends a subscription; one that a caller may not see is not there for them. */
export const unsubscribe: Handler<'unsubscribe', PeopleGround> = async ({
  ground,
  params: { id },
  caller,
}) => {
  const [all, owners] = await Promise.all([ground.subscriptions.list(), listOwners(ground.records)]);
  const found = all.find((one) => one.id === id && maySee(caller, owners.get(id)));
  const gone = notFound(`there is no subscription ${id} that you may end`);
  if (found === undefined) return failure(gone);
  const outcome = await ground.subscriptions.unsubscribe(found.channel, found.address);
  if (outcome === 'pending') {
    return failure(
      refused(
        'it has not been confirmed yet and cannot be removed before: the request lapses by itself after two days',
      ),
    );
  }
  await dropOwner(ground.records, id);
  return outcome === 'removed' ? success({ done: true }) : failure(gone);
};
