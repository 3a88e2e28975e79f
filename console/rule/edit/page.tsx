import './edit.css';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RuleView } from '../../../shared/api/rules.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { scopeOf } from '../../editor/scope.ts';
import { Answered } from '../../parts/answered.tsx';
import { PageHead } from '../../parts/card.tsx';
import { Empty } from '../../parts/table.tsx';
import { offers } from '../../session/session.ts';
import { missingRule, ruleAddress } from '../marks.tsx';
import { Editing } from './editing.tsx';
import { copyId, EMPTY_FORM, formOf } from './form.ts';
import type { Start } from './use-editing.ts';

/** What a reader is about to do: change a rule, copy one, or write a new one. */
export type Mode = 'edit' | 'copy' | 'new';

/** The page on which a rule is written. */
export function EditPage({ of, mode }: { readonly of: string; readonly mode: Mode }): ComponentChildren {
  if (!offers('saveRule')) {
    return (
      <PageHead
        title="Rules are changed by editors"
        lead="You may read everything; ask an operator for the role of an editor."
      />
    );
  }
  return mode === 'new' ? <FromNothing /> : <FromRule of={of} mode={mode} />;
}

function FromNothing(): ComponentChildren {
  const start: Start = {
    name: 'new',
    form: EMPTY_FORM,
    draft: null,
    expected: 0,
    replaces: null,
    title: 'New rule',
  };
  return <WithNames start={() => start} />;
}

function FromRule({
  of,
  mode,
}: {
  readonly of: string;
  readonly mode: Exclude<Mode, 'new'>;
}): ComponentChildren {
  const asked = useAnswer('rule', { params: { id: of } });
  return (
    <Answered asked={asked} what="Reading the rule" heading="Rule" missing={missingRule(of)}>
      {(rule) =>
        rule.draft === null || (mode === 'edit' && rule.origin === 'file') ? (
          <NotHere rule={rule} />
        ) : (
          <WithNames start={(taken) => startFrom(rule, mode, taken)} />
        )
      }
    </Answered>
  );
}

function NotHere({ rule }: { readonly rule: RuleView }): ComponentChildren {
  return (
    <>
      <PageHead title={rule.title} />
      <Empty>
        {rule.draft === null
          ? 'Its text cannot be read as one rule, so a form cannot show it. Mend it by command. '
          : 'It comes from a rules file and is read-only here. Copy it to edit it. '}
        <a href={ruleAddress(rule.id)}>Back to the rule</a>
      </Empty>
    </>
  );
}

function startFrom(rule: RuleView, mode: 'edit' | 'copy', taken: ReadonlySet<string>): Start {
  const form = rule.draft === null ? EMPTY_FORM : formOf(rule.draft);
  if (mode === 'edit') {
    const { id, draft, version, deleted, title } = rule;
    return {
      name: id,
      form,
      draft,
      expected: deleted ? 0 : version,
      replaces: rule.replaces,
      title: `Edit: ${title}`,
    };
  }
  return {
    name: `copy ${rule.id}`,
    form: { ...form, id: copyId(rule.id, taken) },
    draft: rule.draft,
    expected: 0,
    replaces: rule.id,
    title: `Copy of: ${rule.title}`,
  };
}

function WithNames({ start }: { readonly start: (taken: ReadonlySet<string>) => Start }): ComponentChildren {
  const asked = useAnswer('market');
  const market = asked.kind === 'ready' ? asked.value : null;
  const scope = useMemo(() => (market === null ? null : scopeOf(market)), [market]);
  return (
    <Answered asked={asked} what="Reading what a rule may name">
      {({ rules }) => <Editing start={start(new Set(rules))} scope={scope} rules={rules} />}
    </Answered>
  );
}
