import type { ComponentChildren } from 'preact';
import { dayText, momentText } from './dates.ts';

/** A date or session; a dash, read as "none", where there is none. */
export function Day({ date }: { readonly date: string | null }): ComponentChildren {
  if (date === null) return <None />;
  return (
    <time class="day" dateTime={date}>
      {dayText(date)}
    </time>
  );
}

/** An instant, in the time of the exchange. */
export function Moment({ at }: { readonly at: number | null }): ComponentChildren {
  if (at === null) return <None />;
  return (
    <time class="day" dateTime={new Date(at).toISOString()}>
      {momentText(at)}
    </time>
  );
}

/** Where there is nothing to say. */
function None(): ComponentChildren {
  return (
    <span class="soft">
      <span aria-hidden="true">–</span>
      <span class="heard">none</span>
    </span>
  );
}
