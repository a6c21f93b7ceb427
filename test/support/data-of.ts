import type { DownData, DownFrame, DownType } from "#protocol/frames/down";

/** The data of all frames of a type. */
export function dataOf<T extends DownType>(frames: readonly DownFrame[], type: T): DownData<T>[] {
  return frames.filter((frame) => frame.type === type).map((frame) => frame.data as DownData<T>);
}
