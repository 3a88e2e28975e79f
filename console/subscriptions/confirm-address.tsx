import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { useWrite } from '../api/use-answer.ts';
import { Dialog } from '../parts/dialog.tsx';
import { problemOf } from '../parts/field-problem.ts';
import { Form } from '../parts/form.tsx';
import { TextField } from '../parts/inputs.tsx';
import { toast } from '../parts/toast.tsx';

type Subscription = Answer<'subscriptions'>['subscriptions'][number];

/** Confirms an address with the token of the message that was sent to it: here it lies in the outbox. */
export function ConfirmAddress({
  subscription,
  close,
  done,
}: {
  readonly subscription: Subscription | null;
  readonly close: () => void;
  readonly done: () => void;
}): ComponentChildren {
  const [token, setToken] = useState('');
  const { send, busy, problem, clear } = useWrite('confirm');
  const end = (): void => {
    setToken('');
    clear();
    close();
  };
  const submit = async (): Promise<void> => {
    const outcome = await send({ body: { token: token.trim() } });
    if (!outcome.ok) return;
    toast('Confirmed. It hears of the next alert.');
    end();
    done();
  };
  return (
    <Dialog title="Confirm an address" open={subscription !== null} close={end}>
      <Form action="Confirm" {...{ busy, problem, submit }}>
        <p>
          A message to <strong>{subscription?.address}</strong> carries a token. On this machine it lies in
          the <a href="/outbox">outbox</a>.
        </p>
        <TextField label="Token" error={problemOf(problem, 'token')} value={token} change={setToken} />
      </Form>
    </Dialog>
  );
}
