import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '../../shared/rules/dependencies.ts';

const graph = (edges: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(edges).map(([id, names]) => [id, names.split('').filter((name) => name !== ' ')]));

describe('the order of rules', () => {
  it('is the one given where nothing depends on anything', () => {
    expect(dependencyOrder(graph({ c: '', a: '', b: '' })).order).toEqual(['c', 'a', 'b']);
  });
  it('puts each after those it names', () => {
    expect(dependencyOrder(graph({ a: 'bc', b: 'c', c: '', d: 'x' }))).toEqual({
      order: ['c', 'd', 'b', 'a'],
      circles: [],
    });
  });
  it('leaves circles out, and what depends on them', () => {
    expect(dependencyOrder(graph({ a: 'b', b: 'ca', c: 'b', d: 'a', e: 'e', f: '' }))).toEqual({
      order: ['f'],
      circles: [['a', 'b'], ['b', 'c'], ['e']],
    });
  });
  it('takes a circle of ten thousand rules in its stride', () => {
    const ids = Array.from({ length: 10_000 }, (_, n) => `r${n}`);
    const circle = new Map(ids.map((id, n) => [id, [ids[(n + 1) % ids.length] ?? id]]));
    expect(dependencyOrder(circle).circles[0]).toHaveLength(10_000);
  });
});
