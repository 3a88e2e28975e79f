import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a page under its heading; `aside`: what stands at the right of the heading. */
export function Card({
  title,
  aside,
  children,
  class: extra,
}: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly class?: string;
}): ComponentChildren {
  const id = useId();
  return (
    <section class={extra === undefined ? 'card' : `card ${extra}`} aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {aside === undefined ? null : <div class="card-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** A figure with what it is: the label above, a note below. */
export function Figure({
  label,
  value,
  note,
}: {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly note?: ComponentChildren;
}): ComponentChildren {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        <span class="figure-value">{value}</span>
        {note === undefined ? null : <span class="figure-note">{note}</span>}
      </dd>
    </div>
  );
}

/** Figures side by side. */
export function Figures({ children }: { readonly children: ComponentChildren }): ComponentChildren {
  return <dl class="figures">{children}</dl>;
}

/** The heading of a page, and what can be done on it. */
export function PageHead({
  title,
  lead,
  children,
}: {
  readonly title: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}): ComponentChildren {
  return (
    <header class="page-head">
      <div>
        <h1>{title}</h1>
        {lead === undefined ? null : <p class="lead">{lead}</p>}
      </div>
      {children === undefined ? null : <div class="page-actions">{children}</div>}
    </header>
  );
}
