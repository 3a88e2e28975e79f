import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../cdk/config.ts';
import { tidemarkStack } from '../../cdk/stack.ts';
import { VARIABLES } from '../../lambdas/environment.ts';

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** The template that settings make, without bundling. Throws where the settings are wrong. */
export function templateOf(settings: Readonly<Record<string, string>> = {}): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], ...settings } });
  const config = readConfig(settings);
  if (!config.ok) throw new Error(config.errors.join('\n'));
  return Template.fromStack(tidemarkStack(app, config.value));
}

/** The resources of a type by their logical ids. */
export function resourcesOf(template: Template, type: string): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(template.findResources(type) as Record<string, Resource>));
}

/** The functions of the service with their logical ids, without those that CDK brings along to copy files. */
export function ownFunctions(template: Template): readonly (readonly [string, Resource])[] {
  return [...resourcesOf(template, 'AWS::Lambda::Function')].filter(([, { Properties }]) =>
    JSON.stringify(Properties).includes(VARIABLES.service),
  );
}

/** An intrinsic function as one text: what it refers to, and which attribute. */
export function reference(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as {
    Ref?: string;
    'Fn::GetAtt'?: readonly string[];
    'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (Ref !== undefined) return `{${Ref}}`;
  if (attribute !== undefined) return `{${attribute.join('.')}}`;
  if (join !== undefined) return join[1].map(reference).join(join[0]);
  return JSON.stringify(value);
}

/** The same without the hashes that CDK puts behind its logical ids. */
export function plain(text: string): string {
  return text.replaceAll(/(?<=\{[A-Za-z]+?)[0-9A-F]{8}(?=[.}])/g, '');
}
