import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Scope } from '../../shared/expression/scope.ts';
import type { Editor } from './code-mirror.ts';

/** What an input of an expression is given. */
export interface ExpressionInputProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** Names that may be used; null until they are known. */
  readonly scope: Scope | null;
  readonly change: (text: string) => void;
}

/**
 * An input for an expression. Until the editor, which is a chunk of its own, is there, and where it does not come, a
 * plain text field stands in its place and nothing that was written in it is lost.
 */
export function ExpressionInput(props: ExpressionInputProps): ComponentChildren {
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<Editor | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { scope, value } = props;
  const known = scope !== null;
  useEffect(() => {
    if (!known || host.current === null) return;
    let gone = false;
    void mount(host.current, latest, plain).then((made) => {
      if (gone) made?.destroy();
      else editor.current = made;
    });
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [known]);
  useEffect(() => editor.current?.set(value), [value]);
  useEffect(() => {
    if (scope !== null) editor.current?.know(scope);
  }, [scope]);
  return (
    <div class="expression-input">
      <div ref={host} />
      <textarea
        ref={plain}
        class="expression-plain"
        aria-label={props.label}
        placeholder={props.placeholder}
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => props.change(currentTarget.value)}
      />
    </div>
  );
}

interface Held<Value> {
  readonly current: Value;
}

async function mount(
  host: HTMLElement,
  latest: Held<ExpressionInputProps>,
  plain: Held<HTMLTextAreaElement | null>,
): Promise<Editor | null> {
  const module = await import('./code-mirror.ts').catch(() => null);
  const { scope } = latest.current;
  if (module === null || scope === null || !host.isConnected) return null;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const parent = document.createElement('div');
  root.replaceChildren(parent);
  const { value, label, placeholder } = latest.current;
  const changed = (text: string): void => latest.current.change(text);
  const made = module.createEditor({ root, parent, text: value, label, placeholder, scope, changed });
  const typed = plain.current !== null && document.activeElement === plain.current;
  if (plain.current !== null) plain.current.hidden = true;
  if (typed) made.focus();
  return made;
}
