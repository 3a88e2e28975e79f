import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { Card } from '../parts/card.tsx';
import { unwrapped } from '../parts/mail-text.ts';

/** The message as it went out, for both channels. */
export function Messages({ alert }: { readonly alert: Answer<'alert'> }): ComponentChildren {
  const { subject, email, sms, segments } = alert;
  return (
    <Card title="As it was sent">
      <div class="messages">
        <div>
          <h3>E-mail</h3>
          <p class="message-subject">{subject}</p>
          <div class="message scroll" role="region" aria-label="Text of the e-mail" tabIndex={0}>
            <pre>{unwrapped(email)}</pre>
          </div>
        </div>
        <div>
          <h3>SMS</h3>
          <p class="message-sms">{sms}</p>
          <p class="soft small">
            {sms.length} characters, {segments === 1 ? 'one segment' : `${segments} segments`}
          </p>
        </div>
      </div>
    </Card>
  );
}
