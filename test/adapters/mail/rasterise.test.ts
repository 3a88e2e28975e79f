import { describe, expect, it } from 'vitest';
import { rasteriser } from '../../../adapters/mail/rasterise.ts';
import { drawLine, HEIGHT, WIDTH } from '../../../shared/alerts/picture/draw.ts';

const rasterise = rasteriser(() => new URL(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')));
const SVG = drawLine({
  sessions: ['2026-01-09', '2026-01-12'],
  values: [6, 7],
  threshold: 7,
  episodes: [{ from: 1, to: 1 }],
});

describe('rasterise', () => {
  it('makes a PNG twice as fine as it is shown, the same for the same drawing', async () => {
    const [one, other] = [await rasterise(SVG), await rasterise(SVG)];
    expect([...one.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    const header = new DataView(one.buffer, one.byteOffset);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([2 * WIDTH, 2 * HEIGHT]);
    expect(one).toEqual(other);
    expect(one.length).toBeGreaterThan(500);
  });
});
