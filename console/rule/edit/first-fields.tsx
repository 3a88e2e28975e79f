import type { ComponentChildren } from 'preact';
import type { Scope } from '../../../shared/expression/scope.ts';
import { Field } from '../../parts/field.tsx';
import { Findings } from '../findings.tsx';
import { ExpressionField } from './expression-field.tsx';
import { errorOf, type Fields } from './more-fields.tsx';

/** What the rule is called. */
export function Names(fields: Fields & { readonly isNew: boolean }): ComponentChildren {
  const { form, set, isNew } = fields;
  return (
    <>
      <Field label="Title" hint="What subscribers read first" error={errorOf(fields, 'title')}>
        {(names) => (
          <input
            {...names}
            maxLength={200}
            value={form.title}
            onInput={({ currentTarget }) => set('title', currentTarget.value)}
          />
        )}
      </Field>
      {isNew ? (
        <Field
          label="Id"
          hint="Small letters, digits and hyphens; it never changes"
          error={errorOf(fields, 'id')}
        >
          {(names) => (
            <input
              {...names}
              class="mono"
              maxLength={64}
              value={form.id}
              onInput={({ currentTarget }) => set('id', currentTarget.value)}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}

/** What makes it fire, what ends it, and what its alerts measure. */
export function Condition(fields: Fields & { readonly scope: Scope | null }): ComponentChildren {
  const { form, set, findings, scope } = fields;
  const of = (key: string): Fields['findings'] => findings.filter(({ field }) => field === key);
  const more = form.resolve_when !== '' || form.measure !== '' || of('measure').length > 0;
  return (
    <>
      <ExpressionField
        label="When"
        hint="The condition that makes it fire"
        placeholder="streak(ret(IWM) > ret(SPY)) >= 7"
        value={form.when}
        scope={scope}
        findings={of('when')}
        change={(text) => set('when', text)}
      />
      <Findings findings={findings.filter(({ field }) => field === null)} />
      <details open={more}>
        <summary>What ends it, and what is measured</summary>
        <div class="form details-form">
          <ExpressionField
            label="Resolve when"
            hint="What ends it; where this is empty, that the condition is no longer true"
            placeholder="streak(ret(IWM) > ret(SPY)) == 0"
            value={form.resolve_when}
            scope={scope}
            findings={of('resolve_when')}
            change={(text) => set('resolve_when', text)}
          />
          <ExpressionField
            label="Measure"
            hint="The number its alerts report; where this is empty, the one that the condition compares"
            placeholder="streak(ret(IWM) > ret(SPY))"
            value={form.measure}
            scope={scope}
            findings={of('measure')}
            change={(text) => set('measure', text)}
          />
        </div>
      </details>
    </>
  );
}
