import { createRequire } from 'node:module';

const packages = createRequire(new URL('../package.json', import.meta.url));

/** A package of bench/ itself, with the part of its shape that is used. Throws where it is not installed. */
export async function load<Shape>(name: string): Promise<Shape> {
  const resolved = packages.resolve(name);
  const loaded = (await import(resolved)) as Shape & { default?: Shape };
  return loaded.default ?? loaded;
}
