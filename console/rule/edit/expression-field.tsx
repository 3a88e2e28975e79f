import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { analyze } from '../../../shared/expression/analyze.ts';
import type { Scope } from '../../../shared/expression/scope.ts';
import { ExpressionInput } from '../../editor/expression-input.tsx';
import { type Finding, Findings } from '../findings.tsx';
import { NumberInputs } from './number-inputs.tsx';

/** What a field of the form that holds an expression is given. */
export interface ExpressionFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly value: string;
  readonly scope: Scope | null;
  /** What the service found about it; the language's own errors are known here before. */
  readonly findings: readonly Finding[];
  readonly change: (text: string) => void;
}

/** An expression with its editor, what is wrong with it and the correction, and its numbers as fields. */
export function ExpressionField(props: ExpressionFieldProps): ComponentChildren {
  const { label, hint, placeholder, value, scope, change } = props;
  const own = useMemo(() => ownFindings(value, scope), [value, scope]);
  const known = new Set(own.map(({ code }) => code));
  const findings = onceCorrected([...own, ...props.findings.filter(({ code }) => !known.has(code))]);
  return (
    <div class="field expression-field">
      <span class="field-label" aria-hidden="true">
        {label}
      </span>
      <ExpressionInput {...{ label, value, placeholder, scope, change }} />
      <p class="field-hint">{hint}</p>
      <div aria-live="polite">
        <Findings findings={findings} correct={({ fix }) => (fix === null ? undefined : change(fix))} />
      </div>
      <NumberInputs source={value} change={change} />
    </div>
  );
}

function ownFindings(source: string, scope: Scope | null): readonly Finding[] {
  if (scope === null || source.trim() === '') return [];
  const { errors, warnings } = analyze(source, scope);
  return [...errors, ...warnings].map(({ code, severity, line, column, message, fix }) => ({
    ...{ field: null, code, severity, line, column, message, fix },
  }));
}

/** All errors of a source have the same correction: it is offered once, under the last of them. */
function onceCorrected(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding, index) =>
    findings.slice(index + 1).some(({ fix }) => fix !== null && fix === finding.fix)
      ? { ...finding, fix: null }
      : finding,
  );
}
