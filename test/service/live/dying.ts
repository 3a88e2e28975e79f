import type { ObservationStore } from '../../../shared/ports/observations.ts';
import type { RecordStore } from '../../../shared/ports/records.ts';

/** Stores whose process dies at a call: before it takes effect or after, by whether its number is even. */
export function dying(
  { records, observations }: { readonly records: RecordStore; readonly observations: ObservationStore },
  calls: number,
): { readonly records: RecordStore; readonly observations: ObservationStore } {
  let left = calls;
  const mortal = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          left -= 1;
          if (left < 0 || (left === 0 && calls % 2 === 0)) throw new Error('killed');
          const result: unknown = await method.apply(target, args);
          if (left === 0) throw new Error('killed');
          return result;
        };
      },
    });
  return { records: mortal(records), observations: mortal(observations) };
}
