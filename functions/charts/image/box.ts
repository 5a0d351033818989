/** A place on a canvas, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
