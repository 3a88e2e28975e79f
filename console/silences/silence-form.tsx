import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAnswer, useWrite } from '../api/use-answer.ts';
import { Card } from '../parts/card.tsx';
import { dayText } from '../parts/dates.ts';
import { problemOf } from '../parts/field-problem.ts';
import { Form } from '../parts/form.tsx';
import { Choices, DateField, TextArea, TextField } from '../parts/inputs.tsx';
import { useQuery } from '../parts/query.ts';
import { toast } from '../parts/toast.tsx';

const HINT = (
  <>
    An id, or <code>small-cap-*</code> for every one that begins so.
  </>
);

/** The form that silences a rule; `?rule=` in the address fills in which. */
export function SilenceForm({ done }: { readonly done: () => void }): ComponentChildren {
  const [query] = useQuery();
  const rules = useAnswer('rules');
  const [wanted, setWanted] = useState({ rule: query['rule'] ?? '', until: '', why: '' });
  const { send, busy, problem } = useWrite('silence');
  const field = (key: keyof typeof wanted) => ({
    value: wanted[key],
    change: (value: string) => setWanted({ ...wanted, [key]: value }),
    error: problemOf(problem, key),
  });
  const submit = async (): Promise<void> => {
    const outcome = await send({ body: wanted });
    if (!outcome.ok) return;
    toast(`${wanted.rule} is silent through ${dayText(outcome.value.last)}.`);
    setWanted({ rule: '', until: '', why: '' });
    done();
  };
  return (
    <Card title="Silence a rule">
      <Form action="Silence" {...{ busy, problem, submit }}>
        <TextField label="Rule" hint={HINT} choices="silence-rules" {...field('rule')} />
        <Choices id="silence-rules" of={rules.kind === 'ready' ? rules.value.rules : []} />
        <DateField label="Through" hint="The last session that is held back." {...field('until')} />
        <TextArea label="Why" hint="Whoever wonders later reads this." {...field('why')} />
      </Form>
    </Card>
  );
}
