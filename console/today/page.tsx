import type { ComponentChildren } from 'preact';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { PageHead } from '../parts/card.tsx';

/** The state of the rotation. */
export function TodayPage(): ComponentChildren {
  const asked = useAnswer('today');
  return (
    <Answered asked={asked} what="Reading the state of the rotation">
      {({ sentence }) => <PageHead title={sentence} />}
    </Answered>
  );
}
