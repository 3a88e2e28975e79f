import type { ComponentChildren } from 'preact';
import type { Scope } from '../../../shared/expression/scope.ts';
import { Card, PageHead } from '../../parts/card.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useTitle } from '../../parts/title.ts';
import { ruleAddress } from '../marks.tsx';
import { ConflictDialog } from './conflict.tsx';
import { Condition, Names } from './first-fields.tsx';
import { useGuard } from './guard.ts';
import { LeaveDialog, SaveBar } from './leave.tsx';
import { LiveAnswer } from './live.tsx';
import { Context, type Fields, Threshold, Timing } from './more-fields.tsx';
import { Found, Starters } from './starters.tsx';
import { type Edit, type Start, useEditing } from './use-editing.ts';

/** A rule as a form, with what it would have done beside it. */
export function Editing({
  start,
  scope,
  rules,
}: {
  readonly start: Start;
  readonly scope: Scope | null;
  readonly rules: readonly string[];
}): ComponentChildren {
  const edit = useEditing(start);
  const { base } = edit;
  useTitle(base.title);
  return (
    <form
      class="edit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        edit.save();
      }}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
        event.preventDefault();
        edit.save();
      }}
    >
      <PageHead title={base.title} lead={leadOf(base)} />
      {edit.found === null ? null : <Found settle={edit.settleFound} />}
      {base.draft === null && !edit.dirty ? <Starters take={edit.replace} /> : null}
      <div class="edit-columns">
        <FormCards edit={edit} scope={scope} rules={rules} />
        <LiveAnswer live={edit.live} difference={edit.difference} />
      </div>
      <Endings edit={edit} />
    </form>
  );
}

/** How an edit ends: saved, left, or in a conflict that is settled first. */
function Endings({ edit }: { readonly edit: Edit }): ComponentChildren {
  const { saving } = edit;
  const guard = useGuard(edit.dirty && !saving.busy);
  return (
    <>
      <SaveBar
        dirty={edit.dirty || edit.base.expected === 0}
        busy={saving.busy}
        blocked={edit.blocked}
        back={backOf(edit.base)}
        problem={saving.problem === null ? null : <Failure problem={saving.problem} />}
      />
      <LeaveDialog to={guard.leaving} stay={guard.stay} leave={edit.discard} />
      <ConflictDialog
        theirs={saving.conflict}
        mine={edit.form}
        busy={saving.busy}
        close={saving.settle}
        save={() => edit.save(versionNow(edit))}
        take={edit.takeTheirs}
      />
    </>
  );
}

function FormCards({
  edit,
  scope,
  rules,
}: {
  readonly edit: Edit;
  readonly scope: Scope | null;
  readonly rules: readonly string[];
}): ComponentChildren {
  const fields: Fields = edit;
  return (
    <div class="stack edit-form">
      <Card title="The rule">
        <div class="form">
          <Names {...fields} isNew={edit.base.expected === 0} />
          <Condition {...fields} scope={scope} />
        </div>
      </Card>
      <Card title="When it speaks">
        <div class="form">
          <Timing {...fields} />
          <Threshold {...fields} />
        </div>
      </Card>
      <Card title="What it says besides">
        <div class="form">
          <Context {...fields} rules={rules} />
        </div>
      </Card>
    </div>
  );
}

function leadOf({ replaces, expected, draft }: Start): string | undefined {
  if (expected === 0 && replaces !== null) {
    return `It replaces ${replaces}, whose alerts are withheld while this copy is enabled.`;
  }
  return draft === null ? 'Write a condition and see at once when it would have fired.' : undefined;
}

function backOf({ draft, replaces, expected }: Start): string {
  const from = expected === 0 ? replaces : (draft?.id ?? null);
  return from === null ? '/rules' : ruleAddress(from);
}

function versionNow({ saving, base }: Edit): number {
  if (saving.conflict === null) return base.expected;
  return saving.conflict.deleted ? 0 : saving.conflict.version;
}
