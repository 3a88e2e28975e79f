import { Parser } from 'htmlparser2';
import { resolveReferences } from './references.ts';

/** What is told of a text in angle brackets, in its order. */
export interface MarkupReader {
  /** An element begins; attributes are as written. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** A piece of text, its references resolved. */
  readonly say: (text: string) => void;
  /** An element ends; `implied` where the text does not say so, as at the end of one that is cut. */
  readonly close: (name: string, implied: boolean) => void;
}

/** Tells a reader of an HTML page or an XML part, as forgiving of faults as browsers are. */
export function readMarkup(text: string, form: 'html' | 'xml', { open, say, close }: MarkupReader): void {
  let verbatim = false;
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
      onclosetag: close,
    },
    // The parser would resolve references by a table of every name HTML knows, half the weight of both.
    { xmlMode: form === 'xml', decodeEntities: false },
  );
  parser.end(text);
}
