import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { RuleView } from '../../shared/api/rules.ts';
import { Day } from '../parts/day.tsx';
import { unwrapped } from '../parts/mail-text.ts';
import { Empty } from '../parts/table.tsx';
import { counted } from '../parts/figures.ts';

/** What subscribers would read, as mail and as SMS with its segments, for the last session on which the rule fired. */
export function MessagePreview({ message }: { readonly message: RuleView['message'] }): ComponentChildren {
  const [channel, show] = useState<'email' | 'sms'>('email');
  if (message === null || message.session === null) {
    return <Empty>It never fired over all that is stored, so there is no message to show.</Empty>;
  }
  return (
    <div class="message-preview">
      <div class="segments" role="group" aria-label="Channel">
        {(['email', 'sms'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={channel === one} onClick={() => show(one)}>
            {one === 'email' ? 'E-mail' : 'SMS'}
          </button>
        ))}
      </div>
      {channel === 'email' ? (
        <div class="mail">
          <p class="mail-subject">
            <span class="soft small">Subject</span> {message.subject}
          </p>
          <pre tabIndex={0} aria-label="Text of the e-mail">
            {unwrapped(message.email)}
          </pre>
        </div>
      ) : (
        <div class="phone">
          <p class="bubble">{message.sms}</p>
          <p class={message.segments > 1 ? 'small bad' : 'small soft'}>
            {counted(message.segments, 'segment')}, {message.characters} of{' '}
            {message.segments > 1 ? 153 * message.segments : 160} characters
          </p>
        </div>
      )}
      <p class="small soft">
        As it would have read on <Day date={message.session} />.
      </p>
    </div>
  );
}

/** How many would be told, by channel; never who. */
export function Audience({ audience }: { readonly audience: RuleView['audience'] }): ComponentChildren {
  const { email, sms, digest } = audience;
  if (email + sms + digest === 0) {
    return (
      <Empty>
        Nobody would be told yet. <a href="/subscriptions">Subscribe an address</a>.
      </Empty>
    );
  }
  return (
    <ul class="plain audience">
      <li>
        <strong>{email}</strong> by e-mail
      </li>
      <li>
        <strong>{sms}</strong> by SMS
      </li>
      <li>
        <strong>{digest}</strong> in the digest of the evening
      </li>
    </ul>
  );
}
