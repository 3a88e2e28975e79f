import { Parser } from 'htmlparser2';
import { resolveReferences } from './references.ts';

/** What is told of a text in angle brackets, in its order. */
export interface MarkupReader {
  /** An element begins; attributes are as written. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** A piece of text, its references resolved. */
  readonly say: (text: string) => void;
  readonly close: (name: string, by: Ending) => void;
}

/** What ends an element: its own tag, that of another element, or that the text is over. */
export type Ending = 'tag' | 'other' | 'end';

/** Tells a reader of an HTML page or an XML part, as forgiving of faults as browsers are. */
export function readMarkup(text: string, form: 'html' | 'xml', { open, say, close }: MarkupReader): void {
  let verbatim = false;
  let over = false;
  const parser = new Parser(
    {
      onopentag: open,
      oncdatastart: () => {
        verbatim = true;
      },
      ontext: (piece) => say(verbatim ? piece : resolveReferences(piece)),
      oncdataend: () => {
        verbatim = false;
      },
      onclosetag: (name, implied) => close(name, implied ? (over ? 'end' : 'other') : 'tag'),
    },
    // The parser would resolve references by a table of every name HTML knows, half the weight of both.
    { xmlMode: form === 'xml', decodeEntities: false },
  );
  parser.write(text);
  over = true;
  parser.end();
}
