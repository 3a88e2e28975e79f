import type { ComponentChildren } from 'preact';
import type { Asked } from '../api/use-answer.ts';
import { Failure, mayPass } from './failure.tsx';
import { type Missing, MissingPage } from './not-found.tsx';
import { Progress } from './progress.tsx';

/** Shows an answer once it is there, and until then that it is on its way or why it is not. */
export function Answered<Value>({
  asked,
  what,
  heading,
  missing,
  children,
}: {
  readonly asked: Asked<Value>;
  /** What is on its way: "Reading the alerts". */
  readonly what: string;
  /** The heading of a page that takes its own from the answer: read out until that is there. */
  readonly heading?: string;
  /** What a page says that is about one thing, where that thing is not there. */
  readonly missing?: Missing;
  readonly children: (value: Value) => ComponentChildren;
}): ComponentChildren {
  if (asked.kind === 'failed' && asked.problem.status === 404 && missing !== undefined) {
    return <MissingPage {...missing} />;
  }
  if (asked.kind !== 'ready') {
    return (
      <>
        {heading === undefined ? null : <h1 class="heard">{heading}</h1>}
        {asked.kind === 'waiting' ? (
          <Progress what={what} />
        ) : (
          <Failure problem={asked.problem} {...(mayPass(asked.problem) ? { again: asked.again } : {})} />
        )}
      </>
    );
  }
  return (
    <div class="answered" aria-busy={asked.refreshing}>
      {children(asked.value)}
    </div>
  );
}
