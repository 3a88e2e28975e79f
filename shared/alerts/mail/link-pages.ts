import { element, escape, LOOKS, paragraph } from './markup.ts';
import { plainPage } from './page.ts';

/** What a link in a mail is for. */
export type LinkAction = 'confirm' | 'unsubscribe';

const ASKS: Readonly<
  Record<LinkAction, { readonly title: string; readonly text: string; readonly button: string }>
> = {
  confirm: {
    title: 'Receive Tidemark alerts?',
    text: 'Alerts will be sent to the address this link was sent to.',
    button: 'Confirm',
  },
  unsubscribe: {
    title: 'End this subscription?',
    text: 'Nothing will be sent to the address this link was sent to any more.',
    button: 'Unsubscribe',
  },
};

const DONE: Readonly<Record<LinkAction, { readonly title: string; readonly text: string }>> = {
  confirm: {
    title: 'Confirmed',
    text: 'Alerts will be sent from now on. Every one of them has a link to end it.',
  },
  unsubscribe: { title: 'Unsubscribed', text: 'Nothing will be sent any more.' },
};

/**
 * The page a link opens. It only asks: programs that look at links in mails for their readers must change nothing. `token`
 * is sent on as it came.
 */
export function askingPage(action: LinkAction, token: string): string {
  const { title, text, button } = ASKS[action];
  const form = `<form method="post" action="?t=${escape(encodeURIComponent(token))}" style="margin:22px 0 0;"><button class="button" style="${LOOKS.button}border:0;cursor:pointer;">${button}</button></form>`;
  return plainPage(title, [element('h1', 'head', title), paragraph('text', text), form]);
}

/** The page that says that it is done. */
export function donePage(action: LinkAction): string {
  const { title, text } = DONE[action];
  return plainPage(title, [element('h1', 'head', title), paragraph('text', text)]);
}

/** The page behind a link that is none of ours, or no longer does anything. */
export function deadLinkPage(): string {
  const title = 'This link does nothing';
  const text =
    'It is not complete, or it was for a request that has lapsed: one that is not confirmed within two days is forgotten.';
  return plainPage(title, [element('h1', 'head', title), paragraph('text', text)]);
}
