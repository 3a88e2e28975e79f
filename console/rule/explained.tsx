import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Part } from '../../shared/api/rules.ts';
import type { Span } from '../../shared/expression/ast.ts';
import { segmentsOf } from './segments.ts';

/** An expression in colours, with a part of it marked. */
export function ExpressionText({
  text,
  mark = null,
}: {
  readonly text: string;
  readonly mark?: Span | null;
}): ComponentChildren {
  return (
    <code class="expression">
      {segmentsOf(text, mark).map(({ text: piece, paint, marked }, index) => (
        <span
          key={index}
          class={[paint === null ? '' : `paint-${paint}`, marked ? 'marked' : ''].join(' ').trim()}
        >
          {piece}
        </span>
      ))}
    </code>
  );
}

/** An expression part by part, each with its value; the part under the pointer or the focus is marked in the text. */
export function Explained({
  text,
  whole,
}: {
  readonly text: string;
  readonly whole: Part;
}): ComponentChildren {
  const [marked, mark] = useState<Part | null>(null);
  return (
    <div class="explained" onMouseLeave={() => mark(null)}>
      <ExpressionText text={text} mark={marked} />
      <ul class="parts plain" aria-label="The parts of the rule with their values">
        <PartLine part={whole} marked={marked} mark={mark} />
      </ul>
    </div>
  );
}

function PartLine({
  part,
  marked,
  mark,
}: {
  readonly part: Part;
  readonly marked: Part | null;
  readonly mark: (part: Part | null) => void;
}): ComponentChildren {
  return (
    <li>
      <button
        type="button"
        class={`part ${valueClass(part.value)} ${marked === part ? 'is-marked' : ''}`}
        onMouseEnter={() => mark(part)}
        onFocus={() => mark(part)}
        onBlur={() => mark(null)}
        onClick={() => mark(part)}
      >
        <span class="part-text">
          <code>{part.text}</code>
          {part.about === null ? null : <span class="part-about">{part.about}</span>}
        </span>
        <span class="part-value">{part.valueText}</span>
      </button>
      {part.parts.length === 0 ? null : (
        <ul class="parts plain">
          {part.parts.map((inner) => (
            <PartLine key={`${inner.from} ${inner.to}`} part={inner} marked={marked} mark={mark} />
          ))}
        </ul>
      )}
    </li>
  );
}

function valueClass(value: Part['value']): string {
  if (value === null) return 'is-nothing';
  return typeof value === 'boolean' ? `is-${value}` : 'is-number';
}
