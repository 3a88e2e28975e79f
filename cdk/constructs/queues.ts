import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const ATTEMPTS = 3;
/** Over an hour: SES may be busy for a while, and an attempt that found it so costs nobody a mail. */
const MAIL_ATTEMPTS = 6;

/** How long the functions may take that are fed from queues; no mail, no queue of it. */
export interface QueueTimes {
  readonly evaluateTimeout: Duration;
  readonly mailTimeout: Duration | null;
}

/**
 * The queues. Each dead-letter queue holds one kind of failure for 14 days, so that its alarm can say what happened and
 * what to do.
 */
export class Queues extends Construct {
  /** What a schedule or a rule could not hand over to its function. */
  readonly undelivered: Queue;
  /** What a function failed on in all its attempts. */
  readonly failed: Queue;
  /** Portions of a large set of rules, to be evaluated side by side. */
  readonly evaluation: Queue;
  /** Portions that failed in all their attempts. */
  readonly unevaluated: Queue;
  /** Parts of the table's stream that `deliver` failed on; the sweep delivers what they told of. */
  readonly unread: Queue;
  /** What the topic of the alerts says, for those who get it as HTML mail; null where there is no such mail. */
  readonly mails: Queue | null;
  /** What could not be mailed to all of them in all its attempts. */
  readonly unmailed: Queue | null;

  constructor(scope: Construct, id: string, { evaluateTimeout, mailTimeout }: QueueTimes) {
    super(scope, id);
    this.undelivered = this.deadLetters('Undelivered');
    this.failed = this.deadLetters('Failed');
    this.unread = this.deadLetters('Unread');
    this.unevaluated = this.deadLetters('Unevaluated');
    this.evaluation = this.queue('Evaluation', {
      // Six times the function's timeout, as Lambda advises: a throttled batch must not come back while it waits.
      visibilityTimeout: Duration.seconds(6 * evaluateTimeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.unevaluated, maxReceiveCount: ATTEMPTS },
    });
    this.unmailed = mailTimeout === null ? null : this.deadLetters('Unmailed');
    this.mails =
      mailTimeout === null || this.unmailed === null ? null : this.mailQueue(mailTimeout, this.unmailed);
  }

  private mailQueue(timeout: Duration, queue: Queue): Queue {
    return this.queue('Mails', {
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue, maxReceiveCount: MAIL_ATTEMPTS },
    });
  }

  /** Every dead-letter queue by its name in alarms. */
  get deadLetterQueues(): Readonly<Record<string, Queue>> {
    const { undelivered, failed, unevaluated, unread, unmailed } = this;
    return { undelivered, failed, unevaluated, unread, ...(unmailed === null ? {} : { unmailed }) };
  }

  private deadLetters(id: string): Queue {
    return this.queue(id, { retentionPeriod: Duration.days(14) });
  }

  private queue(id: string, props: QueueProps): Queue {
    return new Queue(this, id, { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...props });
  }
}
