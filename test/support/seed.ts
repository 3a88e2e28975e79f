import fc from 'fast-check';

/**
 * Property tests draw the same cases on every run, so that a change is what turns a run red and nothing else; each still
 * prints its seed when it fails. `TIDEMARK_TEST_SEED=any` draws new ones, `TIDEMARK_TEST_SEED=<number>` those of a report.
 */
const seed = process.env['TIDEMARK_TEST_SEED'];

if (seed !== 'any') fc.configureGlobal({ seed: Number(seed ?? 20_260_112) });
