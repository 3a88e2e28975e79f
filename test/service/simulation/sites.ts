import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The files of the three workflows that speak to a store or to SNS. */
const FILES = [
  'deliver',
  'delivery-plan',
  'evaluate',
  'ingest',
  'mark-evaluated',
  'open-archive',
  'progress',
  'publish',
  'put-alerts',
  'rule-book',
  'rule-state',
  'silences',
  'withhold',
];

/** Called by commands alone, never by one of the three workflows. */
const ELSEWHERE = new Set(['readRule', 'listRuleVersions', 'readSession', 'silence', 'liftSilence']);

const CALL =
  /\b(?:readJson|listJson|writeJson|changeJson)\b[(<]|\b(?:records|alerts|observations|publisher)\.[a-z]\w*[(.]/;

/** Every function of the workflows that awaits a store or SNS, by name, as the source says. */
function callingFunctions(): readonly string[] {
  const names = FILES.flatMap((file) => {
    const path = fileURLToPath(new URL(`../../../shared/service/${file}.ts`, import.meta.url));
    const [, ...functions] = readFileSync(path, 'utf8').split(/^(?=(?:export )?(?:async )?function )/m);
    return functions
      .filter((text) => text.includes('async ') && CALL.test(text))
      .flatMap((text) => /function (\w+)/.exec(text)?.[1] ?? []);
  });
  return [...new Set(names)].filter((name) => !ELSEWHERE.has(name)).toSorted();
}

/** Functions of the workflows that await a store or SNS and are on no site that was met. */
export function unmetFunctions(sites: readonly string[]): readonly string[] {
  const met = new Set(sites.flatMap((site) => site.split(/[^\w$]+/)));
  return callingFunctions().filter((name) => !met.has(name));
}
