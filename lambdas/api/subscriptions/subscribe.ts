import { subscriptionId } from '../../../adapters/subscriptions/subscription-id.ts';
import { mayCall } from '../../../shared/api/route.ts';
import type { Answer } from '../../../shared/api/routes.ts';
import type { WantedSubscription } from '../../../shared/ports/delivery.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { unknownRules } from '../../../shared/service/unknown-rules.ts';
import { readAddress } from '../../../shared/subscriptions/address.ts';
import { checkWanted } from '../../../shared/subscriptions/wanted.ts';
import type { PeopleGround } from '../ground.ts';
import type { Call, Handler } from '../handler.ts';
import { LIMITS } from '../limits.ts';
import { type Problem, refused, tooMany } from '../problem.ts';
import { keepOwner, listOwners } from '../../../shared/service/subscription-owners.ts';
import { viewOf } from './subscriptions.ts';

/** The same whoever has the address, so that nobody learns by it who is subscribed. */
const NOT_YOURS = refused('This address cannot be subscribed by you: ask an operator to do it');

/** Subscribes an address, or changes what it gets; what somebody else subscribed is theirs and an operator's. */
export const subscribe: Handler<'subscribe', PeopleGround> = async (call) => {
  const { ground, caller } = call;
  const wanted = wantedOf(call);
  if (!wanted.ok) return wanted;
  const id = subscriptionId(wanted.value.channel, wanted.value.address);
  const allowed = await allowedOwner(call, id);
  if (!allowed.ok) return allowed;
  // First who owns it, so that nobody can end up with what another one is given at the same time.
  const kept = await keepOwner(ground.records, id, allowed.value);
  if (kept === 'conflict') return failure(NOT_YOURS);
  const outcome = await ground.subscriptions.subscribe(wanted.value);
  if (outcome.kind === 'refused') return failure(refused(sentence(outcome.reason)));
  const view = viewOf(outcome.subscription, allowed.value.user === caller.user);
  return success({ ...view, findings: await findingsOf(ground, view.rules) });
};

/** A rule that is not there may still come; by a slip, it would never be heard of. */
async function findingsOf(
  { records }: PeopleGround,
  rules: readonly string[],
): Promise<Answer<'subscribe'>['findings']> {
  return (await unknownRules(records, rules)).map(({ code, pattern, meant }) => ({
    code,
    text: `No rule is named ${pattern} as things stand${meant === null ? '' : `: did you mean ${meant}?`}`,
  }));
}

function wantedOf({ ground, body }: Call<'subscribe', PeopleGround>): Result<WantedSubscription, Problem> {
  const { format, ...rest } = body;
  if (format === 'html' && (body.channel !== 'email' || !ground.htmlMail)) {
    const message = ground.htmlMail ? 'Only e-mail can be HTML' : 'This service sends no HTML mail';
    return failure(refused(message, [{ field: 'body.format', message }]));
  }
  const checked = checkWanted(format === undefined ? rest : { ...rest, format });
  return checked.ok ? checked : failure(refusedField(rest, checked.errors.join('; ')));
}

/** What is wrong is the address, or else what of the rules it wants. */
function refusedField(
  { channel, address }: Pick<WantedSubscription, 'channel' | 'address'>,
  reason: string,
): Problem {
  const field = readAddress(channel, address).ok ? 'body.rules' : 'body.address';
  const message = sentence(reason);
  return refused(message, [{ field, message }]);
}

/** A reason as it stands by itself. */
function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

interface Ownership {
  readonly user: string;
  /** Who owned it until now; undefined where nobody did. */
  readonly seen: string | undefined;
}

/** Who owns the subscription from now on: an operator's change leaves it with whoever made it. */
async function allowedOwner(
  { ground, caller }: Call<'subscribe', PeopleGround>,
  id: string,
): Promise<Result<Ownership, Problem>> {
  const [all, owners] = await Promise.all([ground.subscriptions.list(), listOwners(ground.records)]);
  // What has ended is nobody's, and has to be confirmed by its address again.
  const standing = all.filter(({ status }) => status !== 'vanished');
  const seen = owners.get(id);
  const { user, role } = caller;
  if (standing.some((one) => one.id === id)) {
    if (seen === user) return success({ user, seen });
    return mayCall(role, 'operator') ? success({ user: seen ?? user, seen }) : failure(NOT_YOURS);
  }
  const own = standing.filter((one) => owners.get(one.id) === user).length;
  if (own < LIMITS.recipients) return success({ user, seen });
  return failure(
    tooMany(`You have subscribed ${own} addresses, and may have ${LIMITS.recipients}: end one first`),
  );
}
