import type { Alert } from '../alerts/alert.ts';
import type { MailLinks } from '../alerts/mail/render.ts';

/** A picture that a mail brings along. */
export interface MailPicture {
  /** Its name within the mail. */
  readonly id: string;
  readonly png: Uint8Array;
}

/** What was published under a key, ready to be mailed: the same for everybody but for where its links lead. */
export interface Mailing {
  readonly key: string;
  readonly alerts: readonly Alert[];
  readonly subject: string;
  /** The plain text, as everybody else gets it. */
  readonly text: string;
  readonly pictures: readonly MailPicture[];
  /** The HTML; `source` says what stands where a picture is, `cid:` and its id unless told otherwise. */
  html(links: MailLinks, source?: (picture: MailPicture) => string): string;
}

/** Composes the mail of what was published under a key; null where nothing is recorded under it. */
export type Compose = (key: string) => Promise<Mailing | null>;

/** One mail as it goes out. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly pictures: readonly MailPicture[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How a mail ended. `retryable`: it did not go out and may be tried again at once; `unknown`: nobody knows whether it did, so
 * it may be tried again once its claim has run out; `permanent`: it never will.
 */
export type Mailed =
  | { readonly kind: 'sent'; readonly id: string }
  | { readonly kind: 'retryable' | 'unknown' | 'permanent'; readonly error: string };

/** Hands mails over. Never throws, and never names a recipient in an error. */
export interface MailSender {
  send(mail: OutgoingMail): Promise<Mailed>;
}
