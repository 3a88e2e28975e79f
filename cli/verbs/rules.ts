import { type EditOutcome, putRule, setRuleState } from '../../shared/service/edit-rules.ts';
import { listRules, type RuleDefinition } from '../../shared/service/rule-book.ts';
import { speakersInstead } from '../../shared/service/replacing.ts';
import { splitRules } from '../../shared/service/split-rules.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { readText } from '../load/paths.ts';
import { findingText } from '../output/findings.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { type Service, type ServiceOptions, withBegunService, withService } from '../service/service.ts';

export const RULE_ACTIONS = ['put', 'list', 'delete'] as const;

export type RuleAction = (typeof RULE_ACTIONS)[number];

/** Saves, lists or deletes the rules of the service; a rule is live from the first session finished afterwards. */
export function rules(
  context: Context,
  { action, target }: { readonly action: RuleAction; readonly target: string | undefined },
  options: ServiceOptions,
): Promise<ExitCode> | ExitCode {
  switch (action) {
    case 'list':
      return withService(context, options, (service) => list(context, service, options));
    case 'put':
      return put(context, target ?? refuse('rules put needs a FILE.'), options);
    case 'delete':
      return remove(context, target ?? refuse('rules delete needs an ID.'), options);
  }
}

async function list({ out }: Context, { records }: Service, { json }: ServiceOptions): Promise<ExitCode> {
  const all = await listRules(records);
  const present = all.filter(({ state }) => state !== 'deleted');
  const speakers = speakersInstead(all);
  const voice = ({ id, replaces }: RuleDefinition) => {
    return { replaces: replaces ?? null, mutedBy: speakers.get(id) ?? null };
  };
  if (json) {
    for (const rule of present) {
      const { id, version, state, origin, live } = rule;
      out.write(jsonLine({ id, version, state, origin, live, ...voice(rule) }));
    }
    return EXIT.fine;
  }
  const columns = ['rule', 'version', 'state', 'from', 'live from'].map((title) => ({
    title,
    align: title === 'version' ? ('right' as const) : ('left' as const),
  }));
  const rows = present.map(({ id, version, state, origin, live }) => [
    id,
    String(version),
    state,
    origin,
    live,
  ]);
  out.write(`${table(columns, rows).join('\n')}\n`);
  for (const rule of present) {
    const { replaces, mutedBy } = voice(rule);
    if (mutedBy !== null) out.write(`${rule.id} is evaluated and says nothing: ${mutedBy} speaks instead\n`);
    else if (replaces !== null && rule.state === 'enabled')
      out.write(`${rule.id} is a copy of ${replaces}\n`);
  }
  return EXIT.fine;
}

function put(context: Context, file: string, options: ServiceOptions): Promise<ExitCode> | ExitCode {
  const text = readText(context, file);
  const texts = textsOf(text);
  if (texts.length === 0)
    return refuse(`${file} holds no rule with an id: npx tidemark check ${file} says why.`);
  return withBegunService(context, options, async (service) => {
    const stored = new Map((await listRules(service.records)).map((rule) => [rule.id, rule]));
    let code: ExitCode = EXIT.fine;
    for (const one of texts) {
      const outcome = await putRule(groundOf(service), one.text, standing(stored.get(one.id)));
      if (tellEdit(context, { id: one.id, outcome, options }) !== EXIT.fine) code = EXIT.findings;
    }
    return code;
  });
}

function textsOf(file: { readonly file: string; readonly text: string }): ReturnType<typeof splitRules> {
  try {
    return splitRules([file]);
  } catch {
    return [];
  }
}

function remove(context: Context, id: string, options: ServiceOptions): Promise<ExitCode> {
  return withService(context, options, async (service) => {
    const stored = (await listRules(service.records)).find((rule) => rule.id === id);
    const outcome = await setRuleState(groundOf(service), {
      id,
      state: 'deleted',
      expected: standing(stored),
    });
    return tellEdit(context, { id, outcome, options });
  });
}

/** The version an edit goes on from; 0 where there is none. */
function standing(rule: RuleDefinition | undefined): number {
  return rule === undefined || rule.state === 'deleted' ? 0 : rule.version;
}

function groundOf({ records, market, calendar, clock }: Service): Parameters<typeof putRule>[0] {
  return { records, market, calendar, now: clock() };
}

function tellEdit(
  { out, err }: Context,
  { id, outcome, options }: { id: string; outcome: EditOutcome; options: ServiceOptions },
): ExitCode {
  const saved = outcome.kind === 'saved' || outcome.kind === 'unchanged';
  if (options.json) {
    const { kind } = outcome;
    out.write(jsonLine(saved ? { id, kind, ...definitionKeys(outcome.definition) } : { id, ...outcome }));
  } else if (saved) {
    out.write(`${savedText(outcome)}\n`);
  } else if (outcome.kind === 'conflict') {
    err.write(`${id} was changed by somebody else: version ${outcome.version} stands now. Run it again.\n`);
  } else {
    err.write(`${err.paint('red', 'refused:')} ${outcome.reason}\n`);
    for (const finding of outcome.findings) err.write(findingText(finding, err));
  }
  return saved ? EXIT.fine : EXIT.findings;
}

function definitionKeys({ version, state, live }: RuleDefinition): object {
  return { version, state, live };
}

function savedText({ kind, definition }: EditOutcome & { readonly definition: RuleDefinition }): string {
  const { id, version, state, live } = definition;
  if (state === 'deleted') return `${id} is deleted; if it fires, the next session resolves it`;
  return kind === 'unchanged'
    ? `${id} is unchanged`
    : `${id} is saved as version ${version}, live from ${live}`;
}
