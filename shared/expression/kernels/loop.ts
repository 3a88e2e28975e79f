/** A loop over the sessions [from, to) of a column, or several, and another, or a level. */
type Loop<Columns, Other, Out> = (a: Columns, b: Other, out: Out, from: number, to: number) => void;

/**
 * Runs a loop by a call that V8 leaves a call. Where it sees one function only it pulls that into the caller, and a
 * loop pulled in by its middle tier (Node 24) is never handed to the last: `a > b` stays a branch there, which returns
 * make mispredicted every other time, five times slower than without. A call known to have had different targets is
 * left alone, so this one has had two before the first.
 */
export function runLoop<Columns, Other, Out>(
  loop: Loop<Columns, Other, Out>,
  a: Columns,
  b: Other,
  out: Out,
  from: number,
  to: number,
): void {
  loop(a, b, out, from, to);
}

// So often, because V8 takes no note of what a function calls before it has run for a while.
const nothing = new Float64Array(0);
const loops = [() => {}, (a: Float64Array) => void a.length];
for (let call = 0; call < 200; call++) runLoop(loops[call & 1]!, nothing, nothing, nothing, 0, 0);
