import type { ComponentChildren } from 'preact';
import type { RuleView } from '../../../shared/api/rules.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { changesBetween, type Form, formOf } from './form.ts';

/** What stands now, where somebody saved in between. */
export type Standing = Pick<RuleView, 'version' | 'draft' | 'deleted'>;

/** Both texts side by side, and the three ways on: take theirs, save mine on top of it, or go on editing. */
export function ConflictDialog({
  theirs,
  mine,
  busy,
  take,
  save,
  close,
}: {
  /** Null shows nothing. */
  readonly theirs: Standing | null;
  readonly mine: Form;
  readonly busy: boolean;
  readonly take: () => void;
  readonly save: () => void;
  readonly close: () => void;
}): ComponentChildren {
  return (
    <Dialog title="Somebody saved in between" open={theirs !== null} close={close}>
      {theirs === null ? null : (
        <div class="stack conflict">
          {theirs.deleted ? (
            <p>This rule was deleted while you were editing it. Saving yours brings it back.</p>
          ) : (
            <p>
              Version {theirs.version} was saved while you were editing. Nothing of yours is lost: this is
              where the two differ.
            </p>
          )}
          {theirs.draft === null ? null : <Sides theirs={formOf(theirs.draft)} mine={mine} />}
          <div class="form-foot">
            <button type="button" class="button primary" disabled={busy} onClick={save}>
              Save mine on top
            </button>
            {theirs.deleted || theirs.draft === null ? null : (
              <button type="button" class="button" disabled={busy} onClick={take}>
                Take theirs
              </button>
            )}
            <button type="button" class="button" onClick={close}>
              Go on editing
            </button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Sides({ theirs, mine }: { readonly theirs: Form; readonly mine: Form }): ComponentChildren {
  const changes = changesBetween(theirs, mine);
  if (changes.length === 0) return <p>Both say the same.</p>;
  return (
    <table class="conflict-sides">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Theirs, saved</th>
          <th scope="col">Yours</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, theirs: their, mine: my }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td data-label="Theirs, saved">
              {their === '' ? <span class="soft">empty</span> : <code>{their}</code>}
            </td>
            <td data-label="Yours">{my === '' ? <span class="soft">empty</span> : <code>{my}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
