import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { PageHead } from '../parts/card.tsx';

/** `/rules`, `/rules/new` and `/rules/:id`. */
export function RulePages(): ComponentChildren {
  const { params } = useRoute();
  return <PageHead title={params['id'] ?? 'Rules'} />;
}
