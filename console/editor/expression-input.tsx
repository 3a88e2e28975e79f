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
  const told = useRef<string[]>([]);
  latest.current = props;
  const { scope, value } = props;
  const known = scope !== null;
  useEffect(() => {
    if (!known || host.current === null) return;
    let gone = false;
    const tell = (text: string): void => {
      told.current.push(text);
      latest.current.change(text);
    };
    void mount(host.current, { latest, plain, tell }).then((made) => {
      if (gone) made?.destroy();
      else editor.current = made;
    });
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [known]);
  useEffect(() => {
    // What the editor told comes back as a value, late where somebody types fast: it is no order to go back.
    const back = told.current.indexOf(value);
    if (back === -1) editor.current?.set(value);
    told.current = back === -1 ? [] : told.current.slice(back + 1);
  }, [value]);
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

interface Mounting {
  readonly latest: Held<ExpressionInputProps>;
  readonly plain: Held<HTMLTextAreaElement | null>;
  readonly tell: (text: string) => void;
}

async function mount(host: HTMLElement, { latest, plain, tell }: Mounting): Promise<Editor | null> {
  const module = await import('./code-mirror.ts').catch(() => null);
  const { scope } = latest.current;
  if (module === null || scope === null || !host.isConnected) return null;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const parent = document.createElement('div');
  root.replaceChildren(parent);
  const { value, label, placeholder } = latest.current;
  const made = module.createEditor({ root, parent, text: value, label, placeholder, scope, changed: tell });
  const typed = plain.current !== null && document.activeElement === plain.current;
  if (plain.current !== null) plain.current.hidden = true;
  if (typed) made.focus();
  return made;
}
