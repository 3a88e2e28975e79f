import './rule.css';
import type { ComponentChildren } from 'preact';
import { lazy, useLocation, useRoute } from 'preact-iso';
import { RuleListPage } from './list.tsx';
import { RulePage } from './rule-page.tsx';

const EditPage = lazy(async () => (await import('./edit/page.tsx')).EditPage);

/**
 * `/rules`: the list; `/rules?new` and `/rules?copy=ID`: a draft; `/rules/ID`: one rule, and `?edit` its draft. No word of an
 * address but these can be taken for the id of a rule.
 */
export function RulePages(): ComponentChildren {
  const { params } = useRoute();
  const { query } = useLocation();
  const id = params['id'];
  if (id !== undefined && id !== '') {
    return 'edit' in query ? (
      <EditPage key={`edit ${id}`} of={id} mode="edit" />
    ) : (
      <RulePage key={id} id={id} />
    );
  }
  const copied = query['copy'];
  if (copied !== undefined) return <EditPage key={`copy ${copied}`} of={copied} mode="copy" />;
  return 'new' in query ? <EditPage key="new" of="" mode="new" /> : <RuleListPage />;
}
