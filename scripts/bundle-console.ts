import { cpSync } from 'node:fs';
import { builtConsole } from '../local/front/build.ts';

/** Puts the built console into the folder named first, building it where its sources have changed since. */
const [to = ''] = process.argv.slice(2);
const built = await builtConsole();
if (!built.ok) throw new Error(`the console cannot be built: ${built.errors.join('; ')}`);
cpSync(built.value, to, { recursive: true });
