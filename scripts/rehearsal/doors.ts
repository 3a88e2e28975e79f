import type { Emulator } from './emulator.ts';

/** An answer from behind one of the deployed doors. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is asked at a door. */
export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
}

/** The doors of a deployment, as CloudFront would find them: the API, and what links in mails open. */
export interface Doors {
  readonly api: (question: Question) => Promise<Answered>;
  readonly links: (question: Question) => Promise<Answered>;
}

/** Finds the doors of the stack that is deployed on the emulator. */
export async function doorsOf(emulator: Emulator): Promise<Doors> {
  const front = process.env['REHEARSAL_HTTP_URL'] ?? '';
  const listed = (await emulator.request('apigateway', { method: 'GET', path: '/v2/apis' })) as {
    readonly items: readonly { readonly apiId: string }[];
  };
  const api = /^https:\/\/([^.]+)\./.exec(emulator.outputs['ApiUrl'] ?? '')?.[1] ?? '';
  const links = listed.items.map(({ apiId }) => apiId).find((id) => id !== api) ?? '';
  return { api: (question) => ask(front, api, question), links: (question) => ask(front, links, question) };
}

async function ask(
  front: string,
  api: string,
  { method = 'GET', path, token, body }: Question,
): Promise<Answered> {
  const answer = await fetch(`${front}${path}`, {
    method,
    headers: {
      'x-rehearsal-api': api,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: parsed(text) };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
