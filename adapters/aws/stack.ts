import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** What the verbs need of a deployed stack, by the outputs the stack was given. */
export interface DeployedStack {
  readonly table: string;
  readonly alertTopic: string;
  /** The address of the console; null where the stack is older than it. */
  readonly console: string | null;
  /** As whom it sends HTML mail; null where it sends none. */
  readonly mail: { readonly from: string; readonly replyTo: string | null } | null;
}

/** Reads a stack's outputs; the reason, in one line, where it cannot be used. */
export async function findStack(
  client: Pick<CloudFormationClient, 'send'>,
  name: string,
): Promise<DeployedStack | { readonly reason: string }> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const outputs = new Map(Stacks?.[0]?.Outputs?.map((one) => [one.OutputKey, one.OutputValue]));
    const [table, alertTopic] = [outputs.get('TableName'), outputs.get('AlertTopicArn')];
    if (table !== undefined && alertTopic !== undefined) {
      const [from, replyTo = null] = [outputs.get('MailFrom'), outputs.get('MailReplyTo')];
      const mail = from === undefined ? null : { from, replyTo };
      return { table, alertTopic, console: outputs.get('ConsoleUrl') ?? null, mail };
    }
    return {
      reason: `the stack ${name} has no outputs TableName and AlertTopicArn: it is none of Tidemark's`,
    };
  } catch (error) {
    return { reason: `the stack ${name} cannot be read: ${textOf(error)}` };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
