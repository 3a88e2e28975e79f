import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer, useWrite } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { PageHead } from '../parts/card.tsx';
import { Moment } from '../parts/day.tsx';
import { Failure } from '../parts/failure.tsx';
import { useTitle } from '../parts/title.ts';
import { toast } from '../parts/toast.tsx';
import { offers } from '../session/session.ts';

/** One message of the outbox, as its file is. */
export function OutboxMessagePage(): ComponentChildren {
  const name = useRoute().params['name'] ?? '';
  const asked = useAnswer('outboxMessage', { params: { name } });
  return (
    <>
      <p class="crumb">
        <a href="/outbox">← Outbox</a>
      </p>
      <Answered
        asked={asked}
        what="Reading the message"
        heading="Message"
        missing={{
          title: `There is no message ${name}`,
          list: { href: '/outbox', text: 'See all messages' },
        }}
      >
        {(message) => <Body message={message} />}
      </Answered>
    </>
  );
}

/** What a message asks its reader to run in order to confirm. */
const TOKEN = /tidemark confirm (\S+)/;

function Body({ message }: { readonly message: Answer<'outboxMessage'> }): ComponentChildren {
  const { subject, channel, to, at, text } = message;
  useTitle('Message');
  const token = TOKEN.exec(text)?.[1];
  return (
    <>
      <PageHead
        title={subject}
        lead={
          <>
            {channel === 'sms' ? 'SMS' : 'E-mail'} to {to}, <Moment at={at} />
          </>
        }
      >
        {token === undefined || !offers('confirm') ? null : <ConfirmHere token={token} />}
      </PageHead>
      <div class="message scroll" role="region" aria-label="The message as its file is" tabIndex={0}>
        <pre>{text}</pre>
      </div>
    </>
  );
}

function ConfirmHere({ token }: { readonly token: string }): ComponentChildren {
  const { send, busy, problem } = useWrite('confirm');
  const go = async (): Promise<void> => {
    const outcome = await send({ body: { token } });
    if (outcome.ok) toast('Confirmed. It hears of the next alert.');
  };
  return (
    <>
      <button type="button" class="button primary" disabled={busy} onClick={() => void go()}>
        Confirm this subscription
      </button>
      {problem === null ? null : <Failure problem={problem} />}
    </>
  );
}
