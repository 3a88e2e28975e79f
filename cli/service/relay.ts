import { type Relay, smtpRelay } from '../../adapters/outbox/smtp-relay.ts';
import { readAddress } from '../../shared/subscriptions/address.ts';
import type { Context } from '../context.ts';
import { refuse } from '../exit.ts';

const URL_NAME = 'TIDEMARK_SMTP_URL';
const FROM_NAME = 'TIDEMARK_SMTP_FROM';

/** The mail server that the environment names; null where it names none, and nothing leaves the machine. */
export function relayOf({ environment }: Context): Relay | null {
  const url = environment[URL_NAME] ?? '';
  if (url === '') return null;
  const from = readAddress('email', environment[FROM_NAME] ?? '');
  if (!from.ok)
    refuse(`${FROM_NAME} has to name the sender, such as tidemark@example.com, where ${URL_NAME} is set.`);
  try {
    return smtpRelay({ url, from: from.value });
  } catch (error) {
    if (error instanceof TypeError) return refuse(`${URL_NAME}: ${error.message}.`);
    throw error;
  }
}
