import type { Point, Size } from "./geometry";

/** Where the image lies: screen pixels per image pixel, and the place of its top left corner on the stage. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const MOST = 16;
/** How much of the stage may stay empty beside an image that is larger than the stage. */
const MARGIN = 48;

/** The view that shows the whole image, in the middle. */
export function fitView(image: Size, room: Size): View {
  return settle({ scale: fitting(image, room), x: 0, y: 0 }, image, room);
}

/** Zoom, while the image's pixel at a place of the stage stays there. */
export function zoomView(view: View, factor: number, at: Point, image: Size, room: Size): View {
  const fit = fitting(image, room);
  const scale = Math.min(Math.max(view.scale * factor, Math.min(fit, 1)), Math.max(MOST, fit * 10));
  const ratio = scale / view.scale;
  return settle({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, image, room);
}

/** Move the image by screen pixels. */
export function panView(view: View, by: Point, image: Size, room: Size): View {
  return settle({ scale: view.scale, x: view.x + by.x, y: view.y + by.y }, image, room);
}

/** The image's pixel position at a place of the stage. */
export function toImage(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

/** The place on the stage of an image's pixel position. */
export function toStage(view: View, at: Point): Point {
  return { x: at.x * view.scale + view.x, y: at.y * view.scale + view.y };
}

function fitting(image: Size, room: Size): number {
  return Math.min(room.width / image.width, room.height / image.height, MOST) || 1;
}

function settle(view: View, image: Size, room: Size): View {
  return {
    scale: view.scale,
    x: settleAxis(view.x, image.width * view.scale, room.width),
    y: settleAxis(view.y, image.height * view.scale, room.height),
  };
}

function settleAxis(at: number, extent: number, room: number): number {
  return extent <= room ? (room - extent) / 2 : Math.min(Math.max(at, room - extent - MARGIN), MARGIN);
}
