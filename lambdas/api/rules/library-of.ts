import { createLibrary, type Library } from '../../../shared/workbench/library.ts';
import type { ApiGround } from '../ground.ts';

const libraries = new WeakMap<ApiGround, Library>();

/** The one library of a ground: what one call read is there for the next. */
export function libraryOf(ground: ApiGround): Library {
  const known = libraries.get(ground) ?? createLibrary(ground);
  libraries.set(ground, known);
  return known;
}

/** Reads what calls will ask for, and evaluates the rules, before somebody waits for it. A failure is told by the first call. */
export async function warmUp(ground: ApiGround): Promise<void> {
  try {
    const shelf = await libraryOf(ground).open();
    for (const rule of shelf.rules.values()) {
      // One rule at a time, so that whatever else there is to do comes between.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      shelf.context.view(rule);
    }
  } catch {
    // What is wrong is said where somebody asks.
  }
}
