import {
  AuthorizationErrorException,
  CheckIfPhoneNumberIsOptedOutCommand,
  ConfirmSubscriptionCommand,
  FilterPolicyLimitExceededException,
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { policyComplaint, type SnsAttribute, snsAccepts } from '../../subscriptions/sns-filter.ts';

export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alerts';
const PAGE = 100;
const TWO_DAYS = 48 * 3_600_000;

interface Held {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly since: number;
  readonly token: string;
  confirmed: boolean;
  attributes: Record<string, string>;
}

export interface Delivered {
  readonly endpoint: string;
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, SnsAttribute>>;
}

/** What an SNS client sends, whichever command it is. */
type Input = Readonly<Record<string, unknown>>;

/** Every message an SNS error carries here names somebody, so that a test sees whether it gets out. */
const LEAK = 'Invalid parameter: Endpoint Reason: ann@example.com +12025550123 is not valid';

export function invalid(): InvalidParameterException {
  return new InvalidParameterException({ message: LEAK, $metadata: { httpStatusCode: 400 } });
}

function missing(): NotFoundException {
  return new NotFoundException({ message: LEAK, $metadata: { httpStatusCode: 404 } });
}

/** As much of SNS as Tidemark uses, with its limits and its manners, for one topic. */
export function fakeSns(now: () => number) {
  const client = new SNSClient({ region: 'us-east-1', maxAttempts: 1 });
  const mock = mockClient(client);
  const held: Held[] = [];
  const delivered: Delivered[] = [];
  const optedOut = new Set<string>();
  const account = { inSandbox: false, spendLimit: '100' as string | undefined };
  let names = 0;

  const standing = (): Held[] => {
    const kept = held.filter((one) => one.confirmed || now() - one.since < TWO_DAYS);
    held.splice(0, held.length, ...kept);
    return held;
  };
  const named = (arn: unknown): Held => {
    const found = standing().find((one) => one.arn === arn);
    if (found === undefined) throw missing();
    return found;
  };
  const checkPolicy = (policy: string | undefined): void => {
    if (policy !== undefined && policyComplaint(policy) !== null) throw invalid();
  };

  mock
    .on(SubscribeCommand)
    .callsFake(async ({ Protocol, Endpoint, Attributes, ReturnSubscriptionArn }: Input) => {
      const attributes = (Attributes ?? {}) as Record<string, string>;
      const endpoint = String(Endpoint);
      checkPolicy(attributes['FilterPolicy']);
      const pendingArn = (one: Held): string =>
        one.confirmed || ReturnSubscriptionArn === true ? one.arn : 'pending confirmation';
      const known = standing().find((one) => one.protocol === Protocol && one.endpoint === endpoint);
      if (known !== undefined) {
        if (JSON.stringify(known.attributes) !== JSON.stringify(attributes)) throw invalid();
        return { SubscriptionArn: pendingArn(known) };
      }
      if (held.filter((one) => one.attributes['FilterPolicy'] !== undefined).length >= 200) {
        throw new FilterPolicyLimitExceededException({ message: LEAK, $metadata: { httpStatusCode: 403 } });
      }
      names += 1;
      const fresh: Held = {
        arn: `${TOPIC}:${String(names).padStart(8, '0')}`,
        protocol: String(Protocol),
        endpoint,
        since: now(),
        token: `token-${names}`,
        confirmed: Protocol !== 'email',
        attributes,
      };
      held.push(fresh);
      return { SubscriptionArn: pendingArn(fresh) };
    });

  mock.on(ConfirmSubscriptionCommand).callsFake(async ({ Token, AuthenticateOnUnsubscribe }: Input) => {
    const found = standing().find((one) => one.token === Token);
    if (found === undefined) throw invalid();
    found.confirmed = true;
    found.attributes = { ...found.attributes, Authenticated: String(AuthenticateOnUnsubscribe) };
    return { SubscriptionArn: found.arn };
  });

  mock.on(SetSubscriptionAttributesCommand).callsFake(async (input: Input) => {
    const found = named(input['SubscriptionArn']);
    checkPolicy(String(input['AttributeValue']));
    found.attributes = {
      ...found.attributes,
      [String(input['AttributeName'])]: String(input['AttributeValue']),
    };
    return {};
  });

  mock.on(GetSubscriptionAttributesCommand).callsFake(async ({ SubscriptionArn }: Input) => {
    return { Attributes: { ...named(SubscriptionArn).attributes } };
  });

  mock.on(UnsubscribeCommand).callsFake(async ({ SubscriptionArn }: Input) => {
    const found = named(SubscriptionArn);
    if (!found.confirmed) throw invalid();
    held.splice(held.indexOf(found), 1);
    return {};
  });

  mock.on(ListSubscriptionsByTopicCommand).callsFake(async ({ NextToken }: Input) => {
    const from = Number(NextToken ?? 0);
    const all = standing();
    const page = all.slice(from, from + PAGE).map((one) => ({
      SubscriptionArn: one.confirmed ? one.arn : 'PendingConfirmation',
      Protocol: one.protocol,
      Endpoint: one.endpoint,
      TopicArn: TOPIC,
    }));
    return { Subscriptions: page, ...(from + PAGE < all.length ? { NextToken: String(from + PAGE) } : {}) };
  });

  mock.on(CheckIfPhoneNumberIsOptedOutCommand).callsFake(async ({ phoneNumber }: Input) => {
    return { isOptedOut: optedOut.has(String(phoneNumber)) };
  });

  mock.on(GetSMSSandboxAccountStatusCommand).callsFake(async () => ({ IsInSandbox: account.inSandbox }));
  mock.on(GetSMSAttributesCommand).callsFake(async () => ({
    attributes: account.spendLimit === undefined ? {} : { MonthlySpendLimit: account.spendLimit },
  }));

  mock.on(PublishCommand).callsFake(async (input: Input) => {
    if (input['TopicArn'] !== TOPIC) throw missing();
    const subject = String(input['Subject']);
    if (input['MessageStructure'] !== 'json' || !/^[\x20-\x7e]{1,99}$/.test(subject)) throw invalid();
    const texts = JSON.parse(String(input['Message'])) as Record<string, string>;
    if (texts['default'] === undefined) throw invalid();
    const attributes = input['MessageAttributes'] as Record<string, SnsAttribute>;
    for (const one of standing()) {
      const policy = one.attributes['FilterPolicy'];
      const wanted = policy === undefined || snsAccepts(policy, attributes);
      if (!one.confirmed || !wanted || optedOut.has(one.endpoint)) continue;
      const text = texts[one.protocol] ?? texts['default'];
      delivered.push({ endpoint: one.endpoint, subject, text, attributes });
    }
    return { MessageId: `message-${delivered.length}` };
  });

  /** Someone subscribes past us, as an operator does in the console. */
  const subscribeByHand = (
    protocol: string,
    endpoint: string,
    attributes: Record<string, string> = {},
  ): void => {
    names += 1;
    const arn = `${TOPIC}:hand-${names}`;
    held.push({ arn, protocol, endpoint, since: now(), token: '', confirmed: true, attributes });
  };

  return { client, mock, held, delivered, optedOut, account, subscribeByHand };
}

export type FakeSns = ReturnType<typeof fakeSns>;

/** What SNS says to a caller whose role lacks a permission. */
export function forbidden(): AuthorizationErrorException {
  return new AuthorizationErrorException({ message: LEAK, $metadata: { httpStatusCode: 403 } });
}
