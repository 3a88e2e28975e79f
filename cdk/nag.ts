import { type App, type Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledged } from './acknowledged.ts';

/** Holds the application to cdk-nag's AwsSolutions and Serverless packs at synthesis. */
export function checkPractice(app: App, stack: Stack): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  for (const { at, id, reason } of acknowledged(stack)) {
    const scope = placeOf(stack, at);
    if (scope !== null) Validations.of(scope).acknowledge({ id, reason });
  }
}

/** The construct at a path of ids; null where this deployment has none. */
function placeOf(stack: Stack, at = ''): Construct | null {
  return at
    .split('/')
    .filter(Boolean)
    .reduce<Construct | null>((node, name) => (node?.node.tryFindChild(name) as Construct) ?? null, stack);
}
