import type { Chance } from '../story.ts';

/** What can go wrong with one call of a store or of SNS. A run that times out is never heard of again. */
export const FAULTS = [
  'fail before',
  'fail after',
  'time out without effect',
  'time out with effect',
  'throttle',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How often each fault hit each site: a site is a workflow, a port, a method, and which kind of value is meant. */
export class Coverage {
  readonly counts = new Map<string, Map<Fault | 'none', number>>();

  add(site: string, fault: Fault | null): void {
    const own = this.counts.get(site) ?? new Map<Fault | 'none', number>();
    own.set(fault ?? 'none', (own.get(fault ?? 'none') ?? 0) + 1);
    this.counts.set(site, own);
  }

  merge(other: Coverage): void {
    for (const [site, counts] of other.counts) {
      const own = this.counts.get(site) ?? new Map<Fault | 'none', number>();
      for (const [fault, count] of counts) own.set(fault, (own.get(fault) ?? 0) + count);
      this.counts.set(site, own);
    }
  }

  sites(): readonly string[] {
    return [...this.counts.keys()].toSorted();
  }

  /** Pairs of a site and a fault that never met. */
  uncovered(): readonly string[] {
    return this.sites().flatMap((site) =>
      FAULTS.filter((fault) => (this.counts.get(site)?.get(fault) ?? 0) === 0).map(
        (fault) => `${site}: ${fault}`,
      ),
    );
  }
}

/** Which calls go wrong in one schedule. */
export interface FaultPlan {
  /** The chance of any call. */
  readonly rate: number;
  /** One pair that is to happen at the first opportunity after so many calls. */
  readonly target: { readonly site: string; readonly fault: Fault; readonly after: number } | null;
}

/** Decides about each call of a schedule. */
export function createFaults(plan: FaultPlan, chance: Chance): (site: string) => Fault | null {
  let seen = 0;
  let pending = plan.target;
  return (site) => {
    if (pending !== null && site === pending.site) {
      seen += 1;
      if (seen > pending.after) {
        const { fault } = pending;
        pending = null;
        return fault;
      }
    }
    if (chance() >= plan.rate) return null;
    return FAULTS[Math.floor(chance() * FAULTS.length)] ?? null;
  };
}
