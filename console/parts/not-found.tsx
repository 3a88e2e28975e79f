import type { ComponentChildren } from 'preact';
import { PageHead } from './card.tsx';
import { useTitle } from './title.ts';

/** An address at which there is nothing. */
export function NotFoundPage(): ComponentChildren {
  useTitle('No such page');
  return (
    <PageHead
      title="There is no such page"
      lead={
        <>
          Perhaps the address was cut. <a href="/">See where things stand today</a>
        </>
      }
    />
  );
}
