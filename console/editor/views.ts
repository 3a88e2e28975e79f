import { type Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  hoverTooltip,
  type Panel,
  showPanel,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { Scope } from '../../shared/expression/scope.ts';
import { type Explanation, explanationAt, hintAt } from './explain.ts';
import { paint } from './paint.ts';

/**
 * Colours by our own tokenizer, over the whole text at once: a source has 4,096 characters at most, and so there is one
 * reading of the language and not two.
 */
export function colours(): Extension {
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        decorations: painted(view),
        update(update: ViewUpdate): void {
          if (update.docChanged) plugin.decorations = painted(update.view);
        },
      };
      return plugin;
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

function painted(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, paint: kind } of paint(view.state.doc.toString())) {
    builder.add(from, to, Decoration.mark({ class: `paint-${kind}` }));
  }
  return builder.finish();
}

/** What a word means, when the pointer rests on it. */
export function hovers(scope: Scope): Extension {
  return hoverTooltip((view, offset) => {
    const said = explanationAt(view.state.doc.toString(), offset, scope);
    if (said === null) return null;
    return { pos: said.from, end: said.to, above: true, create: () => ({ dom: explanationElement(said) }) };
  });
}

function explanationElement({ title, lines }: Explanation): HTMLElement {
  const element = document.createElement('div');
  element.className = 'explanation';
  element.append(textElement('strong', title), ...lines.map((line) => textElement('p', line)));
  return element;
}

function textElement(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

const KEYS = 'Ctrl-Space: suggestions · Ctrl-. : apply the correction · Tab: leave the field';

/** One line under the text: the form of the call around the cursor, or the keys. */
export function hints(): Extension {
  return showPanel.of((view): Panel => {
    const dom = textElement('div', '');
    dom.className = 'hint';
    showHint(view, dom);
    return {
      dom,
      update: (update) => {
        if (update.docChanged || update.selectionSet) showHint(update.view, dom);
      },
    };
  });
}

function keysElement(): HTMLElement {
  const element = textElement('span', KEYS);
  element.className = 'keys';
  return element;
}

function showHint(view: EditorView, dom: HTMLElement): void {
  const { state } = view;
  const hint = hintAt(state.doc.toString(), state.selection.main.head);
  if (hint === null) dom.replaceChildren(keysElement());
  else {
    const form = textElement('span', '');
    form.className = 'form';
    form.append(hint.before, textElement('strong', hint.argument), hint.after);
    dom.replaceChildren(form, ` ${hint.about}`);
  }
}
