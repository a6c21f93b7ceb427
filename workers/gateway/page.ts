import { appError } from "#base/app-error";

/** A place in a list ordered by time and id, newest first. */
export type Place = { at: number; id: string };

const CURSOR = /^(\d{1,16})~([\w\-.]{1,128})$/;

/** Error: BAD_REQUEST. */
export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (at === undefined || id === undefined) {
    throw appError("BAD_REQUEST", { issues: [{ path: "cursor", message: "is not a cursor of this list" }] });
  }
  return { at: Number(at), id };
}

/** Of `limit + 1` rows read: the page, and where the next one starts. */
export function pageOf<T>(rows: T[], limit: number, place: (row: T) => Place) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { page, next_cursor: more ? `${place(last).at}~${place(last).id}` : null };
}
