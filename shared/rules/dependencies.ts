/** Rules in an order in which each comes after those it names, and those that stand in a circle. */
export interface DependencyOrder {
  readonly order: readonly string[];
  /** Circles as the ids on them, each beginning with its first id by code unit; their members are not in `order`. */
  readonly circles: readonly (readonly string[])[];
}

type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Orders rules by what they name in `firing("…")`; ties keep the order given. Names of rules that are not given are
 * ignored. Rules that only depend on a circle are in neither list. Of circles that share a rule one is told.
 */
export function dependencyOrder(dependsOn: Graph): DependencyOrder {
  const order = peel(dependsOn);
  const placed = new Set(order);
  const left = new Map([...dependsOn].filter(([id]) => !placed.has(id)));
  // What only leads to a circle is peeled off from the other side.
  const leading = new Set(peel(reversed(left)));
  const knotted = new Map([...left].filter(([id]) => !leading.has(id)));
  return { order, circles: circlesOf(knotted) };
}

/** Takes off, again and again, every rule that waits for none of those left. */
function peel(dependsOn: Graph): readonly string[] {
  const waitsFor = new Map<string, number>();
  for (const [id, names] of dependsOn) {
    waitsFor.set(id, new Set(names.filter((name) => dependsOn.has(name))).size);
  }
  const awaitedBy = reversed(dependsOn);
  const order = [...dependsOn.keys()].filter((id) => waitsFor.get(id) === 0);
  for (const id of order) {
    for (const waiting of awaitedBy.get(id) ?? []) {
      const rest = (waitsFor.get(waiting) ?? 0) - 1;
      waitsFor.set(waiting, rest);
      if (rest === 0) order.push(waiting);
    }
  }
  return order;
}

function reversed(graph: Graph): Graph {
  const back = new Map<string, string[]>([...graph.keys()].map((id) => [id, []]));
  for (const [id, names] of graph) {
    for (const name of new Set(names)) back.get(name)?.push(id);
  }
  return back;
}

function circlesOf(knotted: Graph): readonly (readonly string[])[] {
  const told = new Set<string>();
  const circles: (readonly string[])[] = [];
  for (const id of knotted.keys()) {
    const circle = told.has(id) ? null : wayBack(id, knotted);
    if (circle === null) continue;
    for (const member of circle) told.add(member);
    const least = circle.reduce((best, name, index) => (name < (circle[best] ?? name) ? index : best), 0);
    circles.push([...circle.slice(least), ...circle.slice(0, least)]);
  }
  return circles;
}

/** A shortest way from a rule back to itself, itself first; null where there is none. */
function wayBack(id: string, graph: Graph): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [id];
  for (const here of queue) {
    for (const name of graph.get(here) ?? []) {
      if (name === id) return trace(here, cameFrom);
      if (cameFrom.has(name) || !graph.has(name)) continue;
      cameFrom.set(name, here);
      queue.push(name);
    }
  }
  return null;
}

function trace(last: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way: string[] = [];
  for (let here: string | undefined = last; here !== undefined; here = cameFrom.get(here)) way.push(here);
  return way.reverse();
}
