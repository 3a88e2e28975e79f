import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { bundlesOf, LARGEST_BUNDLE } from './rehearsal/bundles.ts';
import { rehearseConsole } from './rehearsal/console.ts';
import { type Doors, doorsOf } from './rehearsal/doors.ts';
import { type Call, type Emulator, reasonNotToRehearse, startEmulator } from './rehearsal/emulator.ts';
import {
  type Arrival,
  arrivalOn,
  type RehearsedClock,
  rehearsedClock,
  subscribeQueue,
} from './rehearsal/january.ts';
import { checkMails, MAIL_READER, MAIL_SENDER, subscribeHtml, verifySender } from './rehearsal/mails.ts';
import { oneKey, putParameters, rehearsedProviders, storedClose } from './rehearsal/providers.ts';
import { seedSample } from './rehearsal/seed.ts';
import { KEYS } from '../test/replicas/world.ts';

const run = promisify(execFile);
const TOOLS = fileURLToPath(new URL('../../shared/rehearsal', import.meta.url));
const RECIPIENT = 'reader@example.com';
const began = Date.now();

function say(text: string): void {
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
  say(what);
}

async function synthesize(folder: string, ...settings: readonly string[]): Promise<string> {
  const context = [`alertEmail=${RECIPIENT}`, `mailFrom=${MAIL_SENDER}`, ...settings].flatMap((setting) => [
    '-c',
    setting,
  ]);
  await run('npx', ['cdk', 'synth', '-q', '--output', folder, ...context]);
  return folder;
}

/** Fires the schedule whose name holds these words. */
async function fire(emulator: Emulator, schedule: string): Promise<void> {
  const name = (await emulator.schedules()).find((one) => one.includes(schedule.replaceAll('-', '')));
  if (name === undefined) throw new Error(`there is no schedule ${schedule}`);
  await emulator.fire(name);
}

interface Publish {
  readonly texts: { readonly email: string; readonly sms: string };
  readonly subject: string;
}

/** Everything published on the alerts' topic so far, with the text of each channel. */
async function publishes(emulator: Emulator): Promise<readonly Publish[]> {
  const topics = await emulator.inspect('sns', 'Topic');
  const alerts = topics.find(({ arn }) => arn === emulator.outputs['AlertTopicArn']);
  const sent = (alerts?.['sent_notifications'] ?? []) as readonly [string, string, string][];
  return sent.map(([, message, subject]) => ({ texts: JSON.parse(message) as Publish['texts'], subject }));
}

function checkArrival({ Subject, Message, MessageAttributes }: Arrival): void {
  must(
    MessageAttributes['alert']?.Value.includes('notice:small-cap-streak') === true,
    'its attributes name small-cap-streak',
  );
  must(
    Message.includes('Small caps are beating large caps'),
    'its text says that small caps are beating large caps',
  );
  must(Message.includes('12 January 2026'), `it is of 12 January 2026: “${Subject}”`);
}

async function january(emulator: Emulator, home: string): Promise<void> {
  const queue = await subscribeQueue(emulator.outputs['AlertTopicArn'] ?? '');
  const clock = await rehearsedClock(emulator, join(home, 'clock.json'));
  const seeded = await seedSample(emulator.outputs['TableName'] ?? '', Date.now());
  say(`stored ${seeded} values of the sample, up to 9 January`);
  const replicas = await rehearsedProviders(() => clock.now());
  try {
    const { IngestFunctionName = '' } = emulator.outputs;
    const path = await parametersOf(emulator, IngestFunctionName);
    await putParameters(emulator, path, oneKey(replicas));
    say('put a key, and the addresses of their replicas, below ' + path);
    const doors = await doorsOf(emulator);
    await verifySender(emulator);
    await evenings(emulator, clock, { queue, doors });
    await checkMails(emulator, doors, must);
    await rehearseConsole(emulator, doors, must);
    const asked = new Set(replicas.requests.map(({ provider }) => provider));
    must(asked.has('alpaca'), `the deployed bundle asked the replicas: ${[...asked].join(', ')}`);
  } finally {
    await replicas.end();
  }
}

/** The path below which a deployed function looks for parameters. */
async function parametersOf(emulator: Emulator, name: string): Promise<string> {
  const path = `/2015-03-31/functions/${name}/configuration`;
  const { Environment } = (await emulator.request('lambda', { method: 'GET', path })) as {
    Environment: { Variables: Record<string, string> };
  };
  return Environment.Variables['TIDEMARK_PARAMETERS'] ?? '';
}

async function evenings(
  emulator: Emulator,
  clock: RehearsedClock,
  { queue, doors }: { readonly queue: string; readonly doors: Doors },
): Promise<void> {
  await fire(emulator, 'evening-first');
  say('on Friday 9 January the first run brought the rules: from here on they are live');
  await subscribeHtml(emulator, doors, must);
  clock.set('2026-01-12', '17:20');
  await fire(emulator, 'evening-first');
  const arrival = await arrivalOn(queue);
  say('on Monday 12 January the run at 17:20 ended in a message in the subscribed queue');
  checkArrival(arrival);
  const close = await storedClose(emulator.outputs['TableName'] ?? '', 'IWM.close', '2026-01-12');
  must(close !== null, `the close of IWM that evening, ${close}, came from a replica through the bundle`);
  const sent = await publishes(emulator);
  must(
    sent.length > 0 && sent.every(({ texts }) => texts.email !== '' && texts.sms !== ''),
    'every publish has a text for e-mail and one for SMS',
  );
  say(`SMS: ${sent.find(({ subject }) => subject === arrival.Subject)?.texts.sms}`);
  const rest = [
    ['evening-second', '18:30'],
    ['evening-third', '20:20'],
    ['evening-final', '24:20'],
    ['morning', '32:30'],
    ['sweep', '32:35'],
    ['daily', '34:00'],
  ] as const;
  for (const [schedule, time] of rest) {
    clock.set('2026-01-12', time);
    await fire(emulator, schedule);
    say(`fired ${schedule}`);
  }
  const watchdog = `/2015-03-31/functions/${emulator.outputs['WatchdogFunctionName']}/invocations`;
  await emulator.request('lambda', { method: 'POST', path: watchdog, body: {} });
  say('called the watchdog');
  must(
    (await publishes(emulator)).length === sent.length,
    `${sent.length} publishes in all: no later run sent anything again`,
  );
}

async function update(emulator: Emulator, folder: string): Promise<void> {
  await emulator.command('npx', 'cdk', 'deploy', '--app', folder, '--require-approval', 'never', '--ci');
  const path = `/2015-03-31/functions/${emulator.outputs['WatchdogFunctionName']}/configuration`;
  const { Environment } = (await emulator.request('lambda', { method: 'GET', path })) as {
    Environment: { Variables: Record<string, string> };
  };
  must(
    Environment.Variables['TIDEMARK_DEADLINE'] === '21:30',
    'an update with another deadline is deployed over it',
  );
  await fire(emulator, 'sweep');
  say('the updated functions run');
}

/** What docs/deploy.md says: the table, the alerts' topic, the key and the accounts stay, and nothing else does. */
async function destroy(emulator: Emulator, folder: string): Promise<void> {
  await emulator.command('npx', 'cdk', 'destroy', '--app', folder, '--force');
  const { TableName, AlertTopicArn } = emulator.outputs;
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName }));
  must(Table?.TableStatus === 'ACTIVE', 'after destroy the table is still there');
  const { Topics = [] } = await new SNSClient({}).send(new ListTopicsCommand({}));
  must(
    Topics.map(({ TopicArn }) => TopicArn).join() === AlertTopicArn,
    'of the topics only the alerts’ own is left',
  );
  const { QueueUrls = [] } = await new SQSClient({}).send(new ListQueuesCommand({}));
  must(
    QueueUrls.every((url) => url.endsWith('/rehearsal')),
    'of the queues only the subscriber’s own is left',
  );
  const { Rules = [] } = await new EventBridgeClient({}).send(new ListRulesCommand({}));
  must(Rules.length === 0, 'no rule of the event bus is left');
  const ask = async (service: string, call: Call, list: string) =>
    ((await emulator.request(service, call)) as Record<string, readonly unknown[]>)[list] ?? [];
  const functions = await ask('lambda', { method: 'GET', path: '/2015-03-31/functions/' }, 'Functions');
  const schedules = await ask('scheduler', { method: 'GET', path: '/schedules' }, 'Schedules');
  must(functions.length + schedules.length === 0, 'no function and no schedule is left');
  const key = { method: 'POST', path: '/', target: 'TrentService.ListKeys', body: {} } as const;
  must((await ask('kms', key, 'Keys')).length === 1, 'the key of the topic is left');
  const target = 'AWSCognitoIdentityProviderService.ListUserPools';
  const pools = { method: 'POST', path: '/', target, body: { MaxResults: 10 } } as const;
  must((await ask('cognito-idp', pools, 'UserPools')).length === 1, 'who may sign in is left');
}

async function rehearse(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'tidemark-rehearsal-'));
  const first = await synthesize(join(home, 'first'));
  say('synthesized');
  const bundles = bundlesOf(first);
  const sizes = bundles.map(({ name, bytes }) => `${name} ${Math.round(bytes / 1000)} KB`).join(', ');
  must(
    bundles.every(({ bytes }) => bytes <= LARGEST_BUNDLE),
    `no bundle is larger than it may be: ${sizes}`,
  );
  const emulator = await startEmulator(TOOLS, join(home, 'state'), first);
  try {
    say('deployed to the emulator; every function acts with its own role from here on');
    // Made meanwhile: most of January is waiting.
    const [second] = await Promise.all([
      synthesize(join(home, 'second'), 'deadline=21:30'),
      january(emulator, home),
    ]);
    await update(emulator, second);
    await destroy(emulator, second);
    const log = readFileSync(join(home, 'state', 'runner.log'), 'utf8');
    must(![RECIPIENT, MAIL_READER].some((one) => log.includes(one)), 'no log names a recipient');
    must(!Object.values(KEYS).some((key) => log.includes(key)), 'no log holds a key of a provider');
    must(!/^REPORT Tidemark.* error /m.test(log), 'no function ended with an error');
  } catch (error) {
    process.stdout.write(`rehearsal: failed; logs are in ${home}\n`);
    throw error;
  } finally {
    emulator.down();
  }
  rmSync(home, { recursive: true });
}

const reason = reasonNotToRehearse(TOOLS);
if (reason !== null) {
  process.stdout.write(`rehearsal: not run, because ${reason}\n`);
} else {
  await rehearse();
  say('rehearsed');
}
