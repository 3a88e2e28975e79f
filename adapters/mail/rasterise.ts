import { promises } from 'node:fs';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Twice the size in which it is shown, for screens that show two points as one. */
const FINENESS = 2;

/**
 * A rasteriser of SVG without text. It reads its machine code, `index_bg.wasm` of the package, when it is first asked; at
 * most once in a process.
 */
export function rasteriser(wasm: () => URL): (svg: string) => Promise<Uint8Array> {
  return async (svg) => {
    ready ??= promises.readFile(wasm()).then((code) => initWasm(code));
    await ready;
    const drawing = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: FINENESS },
      font: { loadSystemFonts: false },
    });
    const picture = drawing.render();
    const png = picture.asPng();
    picture.free();
    drawing.free();
    return png;
  };
}

let ready: Promise<void> | null = null;
