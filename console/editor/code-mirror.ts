import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic as Mark, forceLinting, linter, lintKeymap } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension, type Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { analyze } from '../../shared/expression/analyze.ts';
import type { Diagnostic } from '../../shared/expression/diagnostic.ts';
import type { Scope } from '../../shared/expression/scope.ts';
import { type Offer, offersAt } from './complete.ts';
import { APPEARANCE } from './appearance.ts';
import { colours, hints, hovers } from './views.ts';

/** What an editor of one expression is made of. */
export interface EditorWish {
  /** An open shadow root: there the styles are constructed ones, which a content policy without exceptions allows. */
  readonly root: ShadowRoot;
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly placeholder: string;
  readonly scope: Scope;
  /** Told of every change that is not made by `set`. */
  readonly changed: (text: string) => void;
}

/** An editor on the page. */
export interface Editor {
  /** Replaces the text where it differs; the place of the cursor is kept. */
  readonly set: (text: string) => void;
  /** Takes other names, and judges the text again. */
  readonly know: (scope: Scope) => void;
  readonly focus: () => void;
  readonly destroy: () => void;
}

/** Marks a text that the page gives, so that the page is not told of it again. */
const FROM_OUTSIDE = Annotation.define<boolean>();

/** Makes an editor with colours, diagnostics with their corrections, completion, explanations and hints. */
export function createEditor(wish: EditorWish): Editor {
  const language = new Compartment();
  const view = new EditorView({
    root: wish.root,
    parent: wish.parent,
    state: EditorState.create({
      doc: wish.text,
      extensions: [
        keys(),
        history(),
        closeBrackets(),
        bracketMatching(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': wish.label,
          'aria-multiline': 'true',
          spellcheck: 'false',
          autocapitalize: 'off',
        }),
        placeholder(wish.placeholder),
        replacing(),
        APPEARANCE,
        colours(),
        hints(),
        language.of(languageOf(wish.scope)),
        EditorView.updateListener.of((update) => {
          const ours = update.transactions.some((one) => one.annotation(FROM_OUTSIDE) === true);
          if (update.docChanged && !ours) wish.changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    set: (text) => setText(view, text, [FROM_OUTSIDE.of(true)]),
    know: (scope) => {
      view.dispatch({ effects: language.reconfigure(languageOf(scope)) });
      forceLinting(view);
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** Tab leaves the field, save where it takes the completion that is shown; so nobody is caught in it. */
function keys(): Extension {
  return keymap.of([
    { key: 'Tab', run: acceptCompletion },
    { key: 'Alt-ArrowDown', run: startCompletion },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...historyKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
  ]);
}

/**
 * Writes over what is selected ourselves. A browser that does it keeps the colour of what was there as an inline style,
 * which the content policy refuses.
 */
function replacing(): Extension {
  return EditorView.domEventHandlers({
    beforeinput: (event, view) => {
      const { from, to, empty } = view.state.selection.main;
      const text = event.data;
      if (event.inputType !== 'insertText' || text === null || empty || view.composing) return false;
      event.preventDefault();
      const plain = (): Transaction =>
        view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type' });
      const handlers = view.state.facet(EditorView.inputHandler);
      if (!handlers.some((handle) => handle(view, from, to, text, plain))) view.dispatch(plain());
      return true;
    },
  });
}

function languageOf(scope: Scope): Extension {
  return [
    keymap.of([{ key: 'Mod-.', run: (view) => applyCorrection(view, scope) }]),
    linter((view) => marks(view.state.doc.toString(), scope), { delay: 150 }),
    autocompletion({
      override: [(context) => complete(context, scope)],
      icons: false,
      activateOnTyping: true,
    }),
    hovers(scope),
  ];
}

function marks(source: string, scope: Scope): readonly Mark[] {
  if (source.trim() === '') return [];
  const { errors, warnings } = analyze(source, scope);
  return [...errors, ...warnings].map((diagnostic) => markOf(diagnostic));
}

function markOf({ from, to, severity, message, code, fix }: Diagnostic): Mark {
  const actions =
    fix === null
      ? []
      : [{ name: `Replace with ${fix}`, apply: (view: EditorView): void => setText(view, fix) }];
  return { from, to, severity, message: readable(message), source: code, actions };
}

/** Messages mark source with backquotes, for terminals. */
function readable(message: string): string {
  return message.replaceAll(/`([^`]*)`/g, '“$1”');
}

/** Applies the correction of what is wrong, wherever the cursor stands. */
function applyCorrection(view: EditorView, scope: Scope): boolean {
  const source = view.state.doc.toString();
  const fix = analyze(source, scope).errors[0]?.fix ?? null;
  if (fix === null) return false;
  setText(view, fix);
  return true;
}

function complete(context: CompletionContext, scope: Scope): CompletionResult | null {
  const source = context.state.doc.toString();
  const { from, to, options } = offersAt(source, context.pos, scope);
  const typed = source.slice(0, context.pos);
  if (!context.explicit && from === context.pos && !/[.("]$/.test(typed)) return null;
  if (options.length === 0) return null;
  return { from, to, options: options.map(completionOf), filter: true };
}

function completionOf({ label, kind, detail, about, insert, cursor, boost }: Offer): Completion {
  return {
    label: kind === 'rule' ? `"${label}"` : label,
    displayLabel: label,
    type: kind,
    detail,
    boost,
    ...(about === '' ? {} : { info: about }),
    apply: (view, _completion, from, to) => {
      const follows = view.state.sliceDoc(to, to + 1);
      const bare = insert.endsWith('()') && follows === '(' ? insert.slice(0, -2) : insert;
      view.dispatch({
        changes: { from, to, insert: bare },
        selection: { anchor: from + Math.min(cursor, bare.length) },
        userEvent: 'input.complete',
      });
    },
  };
}

/** Replaces only what differs between the two texts, so that cursor and history stay sensible. */
function setText(view: EditorView, text: string, annotations: readonly Annotation<boolean>[] = []): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  let from = 0;
  while (from < Math.min(old.length, text.length) && old[from] === text[from]) from += 1;
  let tail = 0;
  const most = Math.min(old.length, text.length) - from;
  while (tail < most && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  const changes = { from, to: old.length - tail, insert: text.slice(from, text.length - tail) };
  view.dispatch({ changes, annotations });
}
