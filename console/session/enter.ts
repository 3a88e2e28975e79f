import type { ProblemDetails } from '../../shared/api/common.ts';
import type { ConsoleConfig } from '../../shared/api/console-config.ts';
import { call, connect } from '../api/client.ts';
import { me, sample } from './session.ts';
import type { SignIn } from './sign-in.ts';

/** What the console asks of where it runs. */
export interface Surroundings {
  readonly page: Window;
  readonly newKey: () => string;
}

let signIn: SignIn | null = null;

/** Whether somebody signed in, and so can sign out. */
export function canLeave(): boolean {
  return signIn !== null;
}

/** Ends the session; nothing where nobody signs in. */
export async function leave(): Promise<void> {
  await signIn?.leave();
}

/**
 * Reads how this deployment is entered, signs in where that is asked for, and learns who is here. Null where all went
 * well or the page is being left for the sign-in; else what was wrong.
 */
export async function enter({ page, newKey }: Surroundings): Promise<ProblemDetails | null> {
  const config = await readConfig(page);
  if (config === null) return UNCONFIGURED;
  signIn = config.auth === 'none' ? null : (await import('./sign-in.ts')).createSignIn(config.auth, page);
  const fetch: typeof globalThis.fetch = (input, init) => page.fetch(input, init);
  const token = async (): Promise<string | null> => (await signIn?.token()) ?? null;
  connect({ fetch, newKey, token, refused: () => void signIn?.enter() });
  if (signIn !== null) {
    const back = await signIn.arrive().catch(() => '/');
    if (back !== null) page.history.replaceState(null, '', back);
    if ((await signIn.token()) === null) {
      await signIn.enter();
      return null;
    }
  }
  const answer = await call('me');
  if (!answer.ok) return answer.problem;
  me.value = answer.value;
  return null;
}

/** Learns whether the data is a sample, where no page has said so yet: only this machine has one. */
export async function learnOfSample(): Promise<void> {
  if (me.value?.where !== 'local' || sample.value !== undefined) return;
  const answer = await call('today');
  if (answer.ok) sample.value = answer.value.sample;
}

const UNCONFIGURED: ProblemDetails = {
  type: 'https://tidemark.invalid/problems/unconfigured',
  code: 'unconfigured',
  title: 'The console does not know where it is',
  status: 0,
  detail: 'config.json, which says how to sign in, did not come. The service may have been ended.',
};

async function readConfig(page: Window): Promise<ConsoleConfig | null> {
  try {
    const response = await page.fetch('/config.json', { cache: 'no-cache' });
    const read = (await response.json()) as Partial<ConsoleConfig> | null;
    return read?.auth === undefined ? null : { auth: read.auth };
  } catch {
    return null;
  }
}
