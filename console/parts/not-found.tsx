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

/** A thing that an address names and that is not there. */
export interface Missing {
  /** "There is no rule small-cap-streek". */
  readonly title: string;
  /** Where those that are there stand. */
  readonly list: { readonly href: string; readonly text: string };
}

/** A page about a thing that is not there. */
export function MissingPage({ title, list }: Missing): ComponentChildren {
  useTitle(title);
  return (
    <PageHead
      title={title}
      lead={
        <>
          Perhaps the address was cut, or is mistyped. <a href={list.href}>{list.text}</a>
        </>
      }
    />
  );
}
