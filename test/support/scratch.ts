import { removeLived } from './lived-folder.ts';

/** Before the first test file there is nothing to do; after the last one what they shared is removed. */
export function setup(): () => void {
  return removeLived;
}
