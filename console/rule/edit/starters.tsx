import type { ComponentChildren } from 'preact';
import { EXAMPLES } from './examples.ts';
import type { Form } from './form.ts';

/** Examples to begin with, while nothing is written yet. */
export function Starters({ take }: { readonly take: (form: Form) => void }): ComponentChildren {
  return (
    <section class="starters" aria-label="Examples to begin with">
      {EXAMPLES.map(({ name, about, form }) => (
        <button key={name} type="button" class="starter" onClick={() => take(form)}>
          <strong>{name}</strong>
          <span class="small soft">{about}</span>
          <code>{form.when}</code>
        </button>
      ))}
    </section>
  );
}

/** Unsaved changes of an earlier visit, and what is to become of them. */
export function Found({ settle }: { readonly settle: (answer: 'take' | 'drop') => void }): ComponentChildren {
  return (
    <div class="notice found" role="status">
      <p>You changed this before and did not save it.</p>
      <button type="button" class="button slim" onClick={() => settle('take')}>
        Go on with it
      </button>
      <button type="button" class="button slim" onClick={() => settle('drop')}>
        Forget it
      </button>
    </div>
  );
}
