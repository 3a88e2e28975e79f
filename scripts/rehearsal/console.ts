import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { changeHeld, heldId } from '../../shared/service/held.ts';
import type { Candidate } from '../../shared/acceptance/candidate.ts';
import type { Answered, Doors } from './doors.ts';
import type { Emulator } from './emulator.ts';
import { forged, type Person, person, unsigned } from './people.ts';

type Must = (holds: boolean, what: string) => void;

/** What somebody at the console does, through the deployed front and the function's own role. */
export async function rehearseConsole(emulator: Emulator, doors: Doors, must: Must): Promise<void> {
  const reader = await person(emulator, 'reader');
  const editor = await person(emulator, 'editor');
  const operator = await person(emulator, 'operator');
  await refusals(doors, reader, must);
  await reads(doors, reader, must);
  await saves(doors, { reader, editor }, must);
  await decides(emulator, doors, { editor, operator, must });
}

async function refusals({ api }: Doors, reader: Person, must: Must): Promise<void> {
  const path = '/api/today';
  const answers: Answered[] = [];
  for (const token of [undefined, 'no.token.at-all', forged(reader), unsigned(reader)]) {
    answers.push(await api({ path, ...(token === undefined ? {} : { token }) }));
  }
  must(
    answers.every(({ status }) => status === 401),
    `without a token, or with one that the pool did not sign, the API answers 401: ${answers.map(({ status }) => status).join(', ')}`,
  );
}

async function reads({ api }: Doors, { token }: Person, must: Must): Promise<void> {
  const today = await api({ path: '/api/today', token });
  must(today.status === 200, `a reader reads today: “${String(today.body['sentence'])}”`);
  const rules = await api({ path: '/api/rules', token });
  const count = (rules.body['rules'] as readonly unknown[] | undefined)?.length ?? 0;
  must(rules.status === 200 && count > 10, `and ${count} rules`);
  const alerts = await api({ path: '/api/alerts?rule=small-cap-streak', token });
  must(alerts.status === 200 && alerts.text.includes('small-cap-streak/'), 'and the alerts there were');
}

async function saves({ api }: Doors, people: { reader: Person; editor: Person }, must: Must): Promise<void> {
  const path = '/api/rules/rehearsed';
  const draft = { id: 'rehearsed', title: 'Rehearsed', when: 'ret(IWM) > 10%' };
  const body = { draft, expected: 0 };
  const refused = await api({ method: 'PUT', path, body, token: people.reader.token });
  must(refused.status === 403, 'a reader may not save a rule: 403');
  const saved = await api({ method: 'PUT', path, body, token: people.editor.token });
  must(saved.status === 200 && saved.body['version'] === 1, 'an editor saves one');
  const again = await api({ method: 'PUT', path, body, token: people.editor.token });
  must(again.status === 409, 'and not a second time from the same beginning: 409');
}

interface Deciding {
  readonly editor: Person;
  readonly operator: Person;
  readonly must: Must;
}

async function decides(
  emulator: Emulator,
  { api }: Doors,
  { editor, operator, must }: Deciding,
): Promise<void> {
  const id = await holdOne(emulator);
  const path = `/api/held/${encodeURIComponent(id)}`;
  const body = { decision: 'reject', why: 'rehearsed' };
  const refused = await api({ method: 'POST', path, body, token: editor.token });
  must(refused.status === 403, 'an editor may not decide about a held value: 403');
  const decided = await api({ method: 'POST', path, body, token: operator.token });
  must(decided.status === 200, 'an operator does');
  const data = await api({ path: '/api/data', token: operator.token });
  must(data.status === 200 && !data.text.includes(id), 'and it waits no more');
}

/** A value that somebody has to look at, as ingest would leave it. */
async function holdOne(emulator: Emulator): Promise<string> {
  const seen = Date.UTC(2026, 0, 13);
  const candidate: Candidate = {
    ...{ instrument: 'QQQ', field: 'close', date: '2026-01-12', value: 1, source: 'rehearsal', rank: 9 },
    ...{ settleMinutes: 0, firstSeen: seen, seen },
  };
  const id = heldId(candidate);
  const records = createDynamoRecords({
    client: new DynamoDBClient({}),
    table: emulator.outputs['TableName'] ?? '',
  });
  const held = {
    id,
    candidate,
    reason: 'jump',
    detail: 'far from the day before',
    state: 'held',
    decided: null,
  } as const;
  await changeHeld(records, { put: [held], drop: new Set() });
  return id;
}
