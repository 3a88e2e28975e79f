import type { ComponentChildren } from 'preact';
import type { Asked } from '../api/use-answer.ts';
import { Failure } from './failure.tsx';
import { Progress } from './progress.tsx';

/** Shows an answer once it is there, and until then that it is on its way or why it is not. */
export function Answered<Value>({
  asked,
  what,
  children,
}: {
  readonly asked: Asked<Value>;
  /** What is on its way: "Reading the alerts". */
  readonly what: string;
  readonly children: (value: Value) => ComponentChildren;
}): ComponentChildren {
  if (asked.kind === 'waiting') return <Progress what={what} />;
  if (asked.kind === 'failed') return <Failure problem={asked.problem} again={asked.again} />;
  return (
    <div class="answered" aria-busy={asked.refreshing}>
      {children(asked.value)}
    </div>
  );
}
