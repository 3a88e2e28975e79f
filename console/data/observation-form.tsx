import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { useWrite } from '../api/use-answer.ts';
import { Card } from '../parts/card.tsx';
import { problemOf } from '../parts/field-problem.ts';
import { Form } from '../parts/form.tsx';
import { Choices, DateField, TextField } from '../parts/inputs.tsx';
import { toast } from '../parts/toast.tsx';

const NEW = { series: '', date: '', value: '', source: '' };
const HINTS = {
  value: 'As people write it: 3.75 for 3.75 percent.',
  source: 'Where it can be looked up; every alert that rests on it says so.',
};

/** Stores one value by hand. */
export function ObservationForm({
  series,
  done,
}: {
  readonly series: Answer<'data'>['series'];
  readonly done: () => void;
}): ComponentChildren {
  const [wanted, setWanted] = useState(NEW);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const { send, busy, problem } = useWrite('observe');
  const field = (key: keyof typeof NEW) => ({
    value: wanted[key],
    change: (value: string) => setWanted({ ...wanted, [key]: value }),
    error: problemOf(problem, key),
  });
  const submit = async (): Promise<void> => {
    const value = readNumber(wanted.value);
    setUnreadable(value === null ? 'This is no number; write it with a point and without separators.' : null);
    if (value === null) return;
    const outcome = await send({ body: { ...wanted, value } });
    if (!outcome.ok) return;
    toast(saidOf(outcome.value));
    setWanted(NEW);
    done();
  };
  const value = field('value');
  return (
    <Card title="Store a value by hand">
      <Form action="Store" {...{ busy, problem, submit }}>
        <TextField label="Series" hint="As SP600.forward_pe." choices="stored-series" {...field('series')} />
        <Choices id="stored-series" of={series} />
        <DateField label="Date" {...field('date')} />
        <TextField label="Value" hint={HINTS.value} {...value} error={unreadable ?? value.error} />
        <TextField label="Source" hint={HINTS.source} {...field('source')} />
      </Form>
    </Card>
  );
}

function readNumber(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}

function saidOf({ accepted, revised }: Answer<'observe'>): string {
  if (accepted > 0) return 'Stored.';
  return revised > 0
    ? 'Stored as a revision; the value before it is kept.'
    : 'It was stored already; nothing changed.';
}
