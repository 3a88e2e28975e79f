import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  Logical,
} from 'lightweight-charts';

/** A stretch from one value to another, counted from the first. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Shades stretches over the whole height, behind everything. */
export function shade(
  chart: IChartApi,
  stretches: () => readonly Stretch[],
  colour: () => string,
): ISeriesPrimitive {
  const draw = (target: Target): void => {
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
      const scale = chart.timeScale();
      const half = scale.options().barSpacing / 2;
      context.fillStyle = colour();
      for (const { from, to } of stretches()) {
        const left = scale.logicalToCoordinate(from as Logical);
        const right = scale.logicalToCoordinate(to as Logical);
        if (left === null || right === null) continue;
        const start = Math.round((left - half) * horizontalPixelRatio);
        const end = Math.round((right + half) * horizontalPixelRatio);
        // A single session in the view of twenty years is less than a pixel, and is still to be seen.
        const width = Math.max(end - start, Math.ceil(horizontalPixelRatio));
        context.fillRect(start, 0, width, bitmapSize.height);
      }
    });
  };
  const view: IPrimitivePaneView = { zOrder: () => 'bottom', renderer: () => ({ draw }) };
  return { paneViews: () => [view] };
}
