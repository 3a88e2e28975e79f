import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import type { RuleView } from '../../shared/api/rules.ts';
import { useAnswer, useWrite } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Moment } from '../parts/day.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { Empty } from '../parts/table.tsx';
import { toast } from '../parts/toast.tsx';
import { offers } from '../session/session.ts';
import { FiringsDiff } from './firings-diff.tsx';

type Version = Answer<'ruleVersions'>['versions'][number];

/** Every saved text of a rule, with how each differs from the one before, and restoring. */
export function Versions({
  rule,
  restored,
}: {
  readonly rule: RuleView;
  readonly restored: () => void;
}): ComponentChildren {
  const asked = useAnswer('ruleVersions', { params: { id: rule.id } });
  const [chosen, choose] = useState<Version | null>(null);
  const again = (): void => {
    choose(null);
    asked.again();
    restored();
  };
  return (
    <Answered asked={asked} what="Reading the versions">
      {({ versions }) => (
        <>
          {versions.length === 0 ? <Empty>No version is kept: the rule is as its file says.</Empty> : null}
          <ol class="plain versions">
            {versions.map((version, index) => (
              <Line
                key={version.version}
                rule={rule}
                version={version}
                before={versions[index + 1] ?? null}
                restore={index === 0 && !rule.deleted ? null : () => choose(version)}
              />
            ))}
          </ol>
          <Dialog
            title={`Restore version ${chosen?.version}?`}
            open={chosen !== null}
            close={() => choose(null)}
          >
            {chosen === null ? null : (
              <Restore rule={rule} version={chosen} done={again} close={() => choose(null)} />
            )}
          </Dialog>
        </>
      )}
    </Answered>
  );
}

function Line({
  rule,
  version,
  before,
  restore,
}: {
  readonly rule: RuleView;
  readonly version: Version;
  readonly before: Version | null;
  readonly restore: (() => void) | null;
}): ComponentChildren {
  const [open, show] = useState(false);
  return (
    <li>
      <div class="version">
        <span>
          <strong>Version {version.version}</strong>
          {restore === null ? <span class="soft"> in force</span> : null}
        </span>
        <span class="small soft">
          <Moment at={version.savedAt} />
        </span>
        <span class="version-end">
          <button type="button" class="button slim" aria-expanded={open} onClick={() => show(!open)}>
            {before === null ? 'Text' : 'What changed'}
          </button>
          {restore === null || rule.origin === 'file' || !offers('restoreRule') ? null : (
            <button type="button" class="button slim" onClick={restore}>
              Restore
            </button>
          )}
        </span>
      </div>
      {open ? <Inside rule={rule} version={version} before={before} /> : null}
    </li>
  );
}

function Inside({
  rule,
  version,
  before,
}: {
  readonly rule: RuleView;
  readonly version: Version;
  readonly before: Version | null;
}): ComponentChildren {
  return (
    <div class="stack version-inside">
      {before === null ? null : <Compared id={rule.id} from={before.version} to={version.version} />}
      <details open={before === null}>
        <summary>The whole text</summary>
        <pre class="text-block" tabIndex={0}>
          {version.text}
        </pre>
      </details>
    </div>
  );
}

function Compared({
  id,
  from,
  to,
}: {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}): ComponentChildren {
  const asked = useAnswer('ruleDiff', { params: { id }, query: { from: String(from), to: String(to) } });
  return (
    <Answered asked={asked} what="Comparing the firings of both">
      {(difference) => <FiringsDiff difference={difference} />}
    </Answered>
  );
}

function Restore({
  rule,
  version,
  done,
  close,
}: {
  readonly rule: RuleView;
  readonly version: Version;
  readonly done: () => void;
  readonly close: () => void;
}): ComponentChildren {
  const write = useWrite('restoreRule');
  const send = async (): Promise<void> => {
    const expected = rule.deleted ? 0 : rule.version;
    const outcome = await write.send({
      params: { id: rule.id },
      body: { version: version.version, expected },
    });
    if (!outcome.ok) return;
    toast(`Version ${version.version} is saved again, as version ${outcome.value.version}.`);
    done();
  };
  return (
    <div class="stack">
      <p>It is saved again as the newest version and takes effect on the next session. Nothing is lost.</p>
      {rule.deleted ? null : <Compared id={rule.id} from={rule.version} to={version.version} />}
      {write.problem === null ? null : <Failure problem={write.problem} />}
      <div class="form-foot">
        <button type="button" class="button primary" disabled={write.busy} onClick={() => void send()}>
          Restore
        </button>
        <button type="button" class="button" onClick={close}>
          Not now
        </button>
      </div>
    </div>
  );
}
