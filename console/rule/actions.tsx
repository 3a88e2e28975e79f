import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { RuleView } from '../../shared/api/rules.ts';
import { useWrite } from '../api/use-answer.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { toast } from '../parts/toast.tsx';
import { offers } from '../session/session.ts';
import { ruleAddress } from './marks.tsx';

type Question = 'delete' | 'switch' | 'copy';

/** What may be done with a rule by whoever is here; nothing for readers. */
export function RuleActions({
  rule,
  again,
}: {
  readonly rule: RuleView;
  readonly again: () => void;
}): ComponentChildren {
  const [question, ask] = useState<Question | null>(null);
  if (!offers('saveRule')) return null;
  const close = (): void => ask(null);
  const copies = rule.origin === 'file';
  return (
    <>
      {copies ? (
        <button type="button" class="button primary" onClick={() => ask('copy')}>
          Copy to edit
        </button>
      ) : rule.deleted ? null : (
        <>
          <a class="button primary" href={`${ruleAddress(rule.id)}?edit`}>
            Edit
          </a>
          <button type="button" class="button" onClick={() => ask('switch')}>
            {rule.enabled ? 'Disable' : 'Enable'}
          </button>
          <button type="button" class="button danger" onClick={() => ask('delete')}>
            Delete
          </button>
        </>
      )}
      <Dialog
        title={copies ? 'Copy to edit' : QUESTIONS[question ?? 'switch'](rule)}
        open={question !== null}
        close={close}
      >
        {question === 'copy' ? <CopyAnswer rule={rule} close={close} /> : null}
        {question === 'delete' ? <DeleteAnswer rule={rule} close={close} /> : null}
        {question === 'switch' ? <SwitchAnswer rule={rule} close={close} again={again} /> : null}
      </Dialog>
    </>
  );
}

const QUESTIONS = {
  copy: () => 'Copy to edit',
  delete: ({ title }: RuleView) => `Delete “${title}”?`,
  switch: ({ title, enabled }: RuleView) => `${enabled ? 'Disable' : 'Enable'} “${title}”?`,
};

interface Answering {
  readonly rule: RuleView;
  readonly close: () => void;
}

function CopyAnswer({ rule, close }: Answering): ComponentChildren {
  return (
    <div class="stack">
      <p>
        This rule comes from a rules file. The next deployment reads that file again and would undo a change
        made here, so it is read-only.
      </p>
      <p>
        A copy can be changed freely. It <strong>speaks instead of the original</strong>: while the copy is
        enabled, the original goes on being evaluated but its alerts are withheld, so that nobody is told the
        same thing twice. Disable or delete the copy and the original has its voice back.
      </p>
      {rule.mutedBy === null ? null : (
        <p class="notice">
          There is a copy already: <a href={ruleAddress(rule.mutedBy)}>{rule.mutedBy}</a>. Edit that one: two
          copies would say the same.
        </p>
      )}
      <div class="form-foot">
        {rule.mutedBy === null ? (
          <a class="button primary" href={`/rules?copy=${encodeURIComponent(rule.id)}`}>
            Make a copy
          </a>
        ) : (
          <a class="button primary" href={`${ruleAddress(rule.mutedBy)}?edit`}>
            Edit the copy
          </a>
        )}
        <button type="button" class="button" onClick={close}>
          Not now
        </button>
      </div>
    </div>
  );
}

function DeleteAnswer({ rule, close }: Answering): ComponentChildren {
  const { route } = useLocation();
  const write = useWrite('deleteRule');
  const send = async (): Promise<void> => {
    const outcome = await write.send({ params: { id: rule.id }, query: { expected: String(rule.version) } });
    if (!outcome.ok) return;
    toast(`“${rule.title}” is deleted. Its versions are kept and can be restored.`);
    route('/rules');
  };
  return (
    <div class="stack">
      <p>
        It is evaluated no more. If it is firing, its episode ends with the reason “rule deleted”. Every
        version is kept, and any of them can be restored.
        {rule.replaces === null ? '' : ` ${rule.replaces} has its voice back.`}
      </p>
      <Answers write={write} text="Delete" tone="danger" send={send} close={close} />
    </div>
  );
}

function SwitchAnswer({ rule, close, again }: Answering & { readonly again: () => void }): ComponentChildren {
  const write = useWrite('switchRule');
  const enabled = !rule.enabled;
  const send = async (): Promise<void> => {
    const outcome = await write.send({ params: { id: rule.id }, body: { enabled, expected: rule.version } });
    if (!outcome.ok) return;
    toast(`“${rule.title}” is ${enabled ? 'enabled' : 'disabled'}.`);
    close();
    again();
  };
  return (
    <div class="stack">
      <p>
        {enabled
          ? 'It is evaluated again from the next session on. If it is firing then, it says so once, marked as already true.'
          : 'It is evaluated no more until it is enabled again. If it is firing, its episode ends with the reason “rule disabled”.'}
      </p>
      <Answers write={write} text={enabled ? 'Enable' : 'Disable'} tone="primary" send={send} close={close} />
    </div>
  );
}

function Answers({
  write,
  text,
  tone,
  send,
  close,
}: {
  readonly write: {
    readonly busy: boolean;
    readonly problem: Parameters<typeof Failure>[0]['problem'] | null;
  };
  readonly text: string;
  readonly tone: 'primary' | 'danger';
  readonly send: () => Promise<void>;
  readonly close: () => void;
}): ComponentChildren {
  return (
    <>
      {write.problem === null ? null : <Failure problem={write.problem} />}
      <div class="form-foot">
        <button type="button" class={`button ${tone}`} disabled={write.busy} onClick={() => void send()}>
          {text}
        </button>
        <button type="button" class="button" onClick={close}>
          Not now
        </button>
      </div>
    </>
  );
}
