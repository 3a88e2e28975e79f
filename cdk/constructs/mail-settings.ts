import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { NO_MAIL } from '../../lambdas/environment.ts';
import type { Config } from '../config.ts';

/** The variables that say as whom HTML mail is sent. */
export function mailerOf({ mail }: Config): { readonly mailFrom: string; readonly mailReplyTo: string } {
  return { mailFrom: mail?.from ?? NO_MAIL, mailReplyTo: mail?.replyTo ?? NO_MAIL };
}

/** Lets a function send e-mail from the configured address and from no other; nothing where none is configured. */
export function grantSendMail(scope: Construct, grantee: IGrantable, { mail }: Config): void {
  if (mail === null) return;
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      // The identity may be the address or its domain, and in SES's sandbox a recipient's is asked for too.
      resources: [Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
      conditions: { StringEquals: { 'ses:FromAddress': mail.from } },
    }),
  );
}
