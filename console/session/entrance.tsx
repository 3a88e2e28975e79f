import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ProblemDetails } from '../../shared/api/common.ts';
import { Failure } from '../parts/failure.tsx';
import { Progress } from '../parts/progress.tsx';
import { enter, type Surroundings } from './enter.ts';
import { me } from './session.ts';

/** Shows what is inside once it is known who is here. */
export function Entrance({
  children,
  surroundings,
}: {
  readonly children: ComponentChildren;
  readonly surroundings: Surroundings;
}): ComponentChildren {
  const [problem, setProblem] = useState<ProblemDetails | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => void enter(surroundings).then(setProblem), [surroundings, round]);
  if (me.value !== null) return children;
  return (
    <main class="entrance">
      {problem === null ? (
        <Progress what="Opening the console" />
      ) : (
        <Failure problem={problem} again={() => setRound(round + 1)} />
      )}
    </main>
  );
}
