import type { Claim, DeliveryState, Lease, Written } from '../../shared/ports/records.ts';
import { deliveryAttributes, isDue } from './alert-item.ts';
import { type Item, number, numberOf, text } from './items.ts';
import { alertKey } from './keys.ts';
import { type Connection, updateItem } from './table.ts';

/*
 * The life of a claim:
 *
 *   unsent ──claim──▶ claimed, lease runs ──settle──▶ sent, withheld, failed
 *                       │        ▲
 *                       ▼        │ claim by anybody: one more attempt
 *                     lease ran out
 */
const UNSENT = '#state = :unsent';
const CLAIMED = '#state = :claimed';
const LEASE_RAN_OUT = `(${CLAIMED} AND leaseUntil < :now)`;
const OWN_CLAIM = `(${CLAIMED} AND leaseOwner = :owner)`;
/** A settling that was answered too late is repeated: it finds its own outcome. */
const OWN_SETTLED = '(#state = :kind AND leaseOwner = :owner)';

const TAKE = 'SET #state = :claimed, leaseOwner = :owner, leaseUntil = :until';
const ONE_MORE_ATTEMPT = ', attempts = if_not_exists(attempts, :none) + :one';
const NAMES = { '#state': 'state' };

/** Takes the lease of an unsent alert or of one whose lease ran out; finds an own claim again without counting it. */
export async function claimAlert(connection: Connection, id: string, lease: Lease): Promise<Claim> {
  const values = {
    ':claimed': text('claimed'),
    ':owner': text(lease.owner),
    ':until': number(lease.until),
    ':now': number(lease.now),
  };
  const taken = await updateItem(connection, alertKey(id), {
    update: TAKE + ONE_MORE_ATTEMPT,
    clause: `${UNSENT} OR ${LEASE_RAN_OUT}`,
    names: NAMES,
    values: { ...values, ':unsent': text('unsent'), ':none': number(0), ':one': number(1) },
  });
  const own =
    taken ??
    (await updateItem(connection, alertKey(id), {
      update: TAKE,
      clause: `${OWN_CLAIM} AND leaseUntil >= :now`,
      names: NAMES,
      values,
    }));
  return own === null ? { kind: 'taken' } : { kind: 'claimed', attempts: numberOf(own, 'attempts') };
}

/** Ends an own claim, also one whose lease ran out, as long as nobody else has taken it. */
export async function settleAlert(
  connection: Connection,
  id: string,
  { owner, outcome }: { owner: string; outcome: DeliveryState },
): Promise<Written> {
  const { state, ...attributes } = deliveryAttributes(outcome);
  const names = Object.keys(attributes);
  const gone = ['leaseUntil', 'outcome', ...(isDue(outcome) ? [] : ['duePk', 'dueSk'])].filter(
    (name) => !names.includes(name),
  );
  const set = names.map((name) => `#${name} = :${name}`);
  const values: Record<string, Item[string]> = {
    // The state is written by the name the condition compares it under.
    ':kind': state ?? text(outcome.kind),
    ':claimed': text('claimed'),
    ':owner': text(owner),
  };
  for (const name of names) values[`:${name}`] = attributes[name] ?? text('');
  const settled = await updateItem(connection, alertKey(id), {
    update: `SET ${['#state = :kind', ...set].join(', ')} REMOVE ${gone.map((name) => `#${name}`).join(', ')}`,
    clause: `${OWN_CLAIM} OR ${OWN_SETTLED}`,
    names: { ...NAMES, ...Object.fromEntries([...names, ...gone].map((name) => [`#${name}`, name])) },
    values,
  });
  return settled === null ? 'conflict' : 'written';
}
