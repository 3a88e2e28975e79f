import { element, escape, paragraph } from './markup.ts';
import { plainPage } from './page.ts';

/** The mail that asks an address whether it wants what was asked for it. */
export interface Confirmation {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const TITLE = 'Confirm your Tidemark subscription';
const WHAT = 'Tidemark alerts were asked for at this address.';
const NOTHING = 'To receive nothing, do nothing: the request lapses by itself in two days.';

/** Renders the mail; `link` is the page that confirms. */
export function confirmationMail(link: string): Confirmation {
  const button = element('a', 'button', 'Confirm', `href="${escape(link)}"`);
  return {
    subject: TITLE,
    text: `${WHAT}\n\nTo receive them, open this page and confirm:\n${link}\n\n${NOTHING}\n`,
    html: plainPage(TITLE, [
      element('h1', 'head', TITLE),
      paragraph('text', WHAT),
      `<p style="margin:22px 0 0;">${button}</p>`,
      paragraph('small', NOTHING),
    ]),
  };
}
