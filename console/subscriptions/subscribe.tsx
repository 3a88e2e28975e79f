import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Body } from '../../shared/api/routes.ts';
import { useWrite } from '../api/use-answer.ts';
import { Card } from '../parts/card.tsx';
import { Select } from '../parts/field.tsx';
import { problemOf } from '../parts/field-problem.ts';
import { Form } from '../parts/form.tsx';
import { TextField } from '../parts/inputs.tsx';
import { toast } from '../parts/toast.tsx';
import { me } from '../session/session.ts';

type Wanted = Body<'subscribe'>;

const NEW: Wanted = { channel: 'email', address: '', rules: ['*'], severity: 'info', form: 'single' };

/** The form that subscribes an address, or changes what it gets. */
export function Subscribe({ done }: { readonly done: () => void }): ComponentChildren {
  const [wanted, setWanted] = useState(NEW);
  const [rules, setRules] = useState('*');
  const [doubts, setDoubts] = useState<readonly string[]>([]);
  const { send, busy, problem } = useWrite('subscribe');
  const change = (patch: Partial<Wanted>): void => setWanted({ ...wanted, ...patch });
  const submit = async (): Promise<void> => {
    const outcome = await send({ body: { ...wanted, rules: patternsOf(rules) } });
    if (!outcome.ok) return;
    setDoubts(outcome.value.findings.map(({ text }) => text));
    const asked = outcome.value.status === 'pending';
    toast(asked ? 'Asked. The address has to confirm before it is told anything.' : 'Subscribed.');
    setWanted({ ...wanted, address: '' });
    done();
  };
  return (
    <Card title="Subscribe">
      <Form action="Subscribe" {...{ busy, problem, submit }}>
        <Address wanted={wanted} change={change} error={problemOf(problem, 'address')} />
        <TextField
          label="Rules"
          hint={HINT}
          error={problemOf(problem, 'rules')}
          value={rules}
          change={setRules}
        />
        <Wishes wanted={wanted} change={change} />
        <div role="status">
          {doubts.map((text) => (
            <p key={text} class="notice">
              {text}
            </p>
          ))}
        </div>
      </Form>
    </Card>
  );
}

const HINT = (
  <>
    Ids with commas between them. <code>*</code> is every rule, <code>small-cap-*</code> every one that begins
    so.
  </>
);

function patternsOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

interface Part {
  readonly wanted: Wanted;
  readonly change: (patch: Partial<Wanted>) => void;
}

function Address({ wanted, change, error }: Part & { readonly error: string | null }): ComponentChildren {
  const phone = wanted.channel === 'sms';
  return (
    <>
      <Select
        label="By"
        value={wanted.channel}
        options={[
          { value: 'email', text: 'E-mail' },
          { value: 'sms', text: 'SMS' },
        ]}
        change={(channel) => change({ channel })}
      />
      <TextField
        label={phone ? 'Phone number' : 'E-mail address'}
        hint={phone ? 'As +14155550123.' : undefined}
        error={error}
        type={phone ? 'tel' : 'email'}
        autocomplete={phone ? 'tel' : 'email'}
        value={wanted.address}
        change={(address) => change({ address })}
      />
    </>
  );
}

function Wishes({ wanted, change }: Part): ComponentChildren {
  return (
    <>
      <Select
        label="From severity"
        value={wanted.severity}
        options={[
          { value: 'info', text: 'Info: everything' },
          { value: 'notice', text: 'Notice and urgent' },
          { value: 'urgent', text: 'Urgent only' },
        ]}
        change={(severity) => change({ severity })}
      />
      <Select
        label="How often"
        value={wanted.form}
        options={[
          { value: 'single', text: 'Each alert by itself' },
          { value: 'digest', text: 'One digest a session' },
        ]}
        change={(form) => change({ form })}
      />
      {me.value?.htmlMail === true && wanted.channel === 'email' ? (
        <Select
          label="Format"
          value={wanted.format ?? 'text'}
          options={[
            { value: 'text', text: 'Plain text' },
            { value: 'html', text: 'HTML with a chart' },
          ]}
          change={(format) => change({ format })}
        />
      ) : null}
    </>
  );
}
