import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../lambdas/api/openapi.ts';
import type { Route } from '../../../shared/api/route.ts';
import { type RouteId, ROUTES } from '../../../shared/api/routes.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly $ref?: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

const TABLE: Readonly<Record<RouteId, Route>> = ROUTES;
const text = JSON.stringify(openApiDocument());
const document = JSON.parse(text) as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

describe('the description of the API', () => {
  it('has every route of the table once, with what it takes and answers', () => {
    expect(document.openapi).toBe('3.1.0');
    const found = Object.entries(document.paths).flatMap(([path, own]) =>
      Object.entries(own).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
    );
    const wanted = Object.entries(TABLE).map(
      ([id, { method, path }]) => `${id} ${method.toLowerCase()} ${path}`,
    );
    expect(found.toSorted()).toEqual(wanted.toSorted());
    for (const [id, { method, path, body }] of Object.entries(TABLE)) {
      const operation = document.paths[path]?.[method.toLowerCase()];
      const named = (operation?.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect([id, named]).toEqual([id, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
      expect([id, operation?.requestBody !== undefined]).toEqual([id, body !== undefined]);
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining(['200', '400', '401', '403', '429', '500']),
      );
    }
  });

  it('refers to nothing that it does not hold, and holds nothing that nobody refers to', () => {
    const referred = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(([, ...at]) => at.join('/')),
    );
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/\w+\/\w+")/g)]).toEqual([]);
    const held = ['schemas', 'responses', 'parameters'].flatMap((kind) =>
      Object.keys(document.components[kind] ?? {}).map((name) => `${kind}/${name}`),
    );
    expect([...referred].toSorted()).toEqual(held.toSorted());
    expect(text).not.toMatch(/"\$(?:id|schema|defs)"/);
  });

  it('asks for a token everywhere, and offers an idempotency key on every write', () => {
    expect(document).toMatchObject({ security: [{ token: [] }] });
    for (const { method, path } of Object.values(TABLE)) {
      const { parameters = [] } = document.paths[path]?.[method.toLowerCase()] ?? {};
      const offered = parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
      expect([method, path, offered]).toEqual([method, path, method !== 'GET']);
    }
  });
});
