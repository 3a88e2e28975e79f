import * as z from 'zod/mini';
import { problem } from '../../shared/api/common.ts';
import type { Route } from '../../shared/api/route.ts';
import {
  draft,
  firingsDiff,
  part,
  preview,
  ruleSummary,
  ruleVersion,
  ruleView,
  saved,
} from '../../shared/api/rules.ts';
import { alertLine, alertView, silenceView, subscriptionView } from '../../shared/api/records.ts';
import { ROUTES } from '../../shared/api/routes.ts';
import { success } from '../../shared/result.ts';
import type { Handler } from './handler.ts';
import { LIMITS } from './limits.ts';

type Json = Readonly<Record<string, unknown>>;

/** Schemas that more than one route names. */
const NAMED: Readonly<Record<string, z.ZodMiniType>> = {
  ...{ Problem: problem, Draft: draft, Part: part, Preview: preview },
  ...{ RuleSummary: ruleSummary, RuleVersion: ruleVersion, RuleView: ruleView },
  ...{ AlertLine: alertLine, AlertView: alertView, Silence: silenceView, Subscription: subscriptionView },
  ...{ Saved: saved, FiringsDiff: firingsDiff, Done: ROUTES.deleteRule.answer },
};

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Something that was sent is not valid; every field with a fault is named.',
  401: 'No token, or one that is not valid.',
  403: 'The role of the token does not allow this.',
  404: 'There is no such thing.',
  409: 'Somebody saved in between: both sides are shown.',
  413: `The body is larger than ${LIMITS.bodyBytes} bytes.`,
  415: 'The body is not application/json.',
  422: 'Well-formed, and refused for the reason that is given.',
  429: 'Too many calls: Retry-After says how many seconds to wait.',
  500: 'Something unexpected went wrong.',
};

/** The description of the API, OpenAPI 3.1, made from the table of routes alone. */
export function openApiDocument(): Json {
  const routes: Routes = Object.entries(ROUTES);
  const names = namesOf(routes);
  const paths = Map.groupBy(routes, ([, { path }]) => path);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tidemark',
      version: '1',
      description:
        'Rules, alerts, data and subscriptions of one Tidemark service. Every error is a problem of RFC 9457; a write may carry an Idempotency-Key.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths: Object.fromEntries(
      [...paths].map(([path, own]) => [
        path,
        Object.fromEntries(
          own.map(([id, route]) => [route.method.toLowerCase(), operationOf(id, route, names)]),
        ),
      ]),
    ),
    components: {
      schemas: schemasOf(names),
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [
          `Problem${status}`,
          problemResponse(description),
        ]),
      ),
      parameters: { IdempotencyKey: IDEMPOTENCY },
      securitySchemes: {
        token: {
          ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          description:
            "An access token of the deployment's own sign-in. A service on this machine takes none and answers to this machine alone.",
        },
      },
    },
  };
}

const IDEMPOTENCY = {
  ...{ name: 'Idempotency-Key', in: 'header', required: false },
  description:
    "Of the caller's own choosing: the same call with the same key within a day is done once and answered alike.",
  schema: { type: 'string', minLength: 1, maxLength: LIMITS.keyCharacters },
};

type Routes = readonly (readonly [string, Route])[];

/** What every schema of the document is called: by its own name, or by the first route that takes or answers it. */
function namesOf(routes: Routes): ReadonlyMap<z.ZodMiniType, string> {
  const names = new Map(Object.entries(NAMED).map(([name, schema]) => [schema, name] as const));
  for (const [id, { body, answer }] of routes) {
    if (body !== undefined && !names.has(body)) names.set(body, nameOf(id, 'Body'));
    if (!names.has(answer)) names.set(answer, nameOf(id, 'Answer'));
  }
  return names;
}

/** Every schema of the document under its name, referring to each other by it. */
function schemasOf(names: ReadonlyMap<z.ZodMiniType, string>): Json {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, schema]),
  );
}

function nameOf(id: string, kind: 'Body' | 'Answer'): string {
  return `${id.slice(0, 1).toUpperCase()}${id.slice(1)}${kind}`;
}

function operationOf(id: string, route: Route, names: ReadonlyMap<z.ZodMiniType, string>): Json {
  const { method, path, role, summary, query, body, answer, where } = route;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
  const key = method === 'GET' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }];
  return {
    ...{
      operationId: id,
      summary,
      description: `Takes the role ${role}.${where === undefined ? '' : ' Only where the service runs on a machine of its own.'}`,
    },
    parameters: [...inPath, ...queryOf(query), ...key],
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonOf(names.get(body)) } }),
    responses: {
      200: { description: 'Done, or what was asked for.', content: jsonOf(names.get(answer)) },
      ...Object.fromEntries(
        problemsOf(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
      ),
    },
  };
}

function jsonOf(schema: string | undefined): Json {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } };
}

function problemResponse(description: string): Json {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function queryOf(query: Route['query']): readonly Json[] {
  if (!(query instanceof z.ZodMiniObject)) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
}

function problemsOf({ method, path }: Route): readonly number[] {
  const write = method !== 'GET';
  return [
    ...[400, 401, 403],
    ...(path.includes('{') ? [404] : []),
    ...(write ? [409, 413, 415, 422] : []),
    ...[429, 500],
  ];
}

let made: Json | null = null;

/** The description of the API, made when it is first asked for. */
export const openapi: Handler<'openapi'> = async () => {
  made ??= openApiDocument();
  return success({ ...made });
};
