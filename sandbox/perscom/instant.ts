/** `atMs` as PERSCOM writes every time: UTC, whole seconds, six zeros. */
export function timestamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}.000000Z`;
}

const ISO_WITH_ZONE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The instant an ISO 8601 text with `Z` or an offset means, as PERSCOM writes it; null when it means none. */
export function parseInstant(text: string): string | null {
  const [, wall, zone] = ISO_WITH_ZONE.exec(text) ?? [];
  if (wall === undefined || zone === undefined || !isRealWall(wall)) return null;
  const atMs = Date.parse(`${wall}${zone}`);
  return Number.isNaN(atMs) ? null : timestamp(atMs);
}

const DATE_MAYBE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** What the shipped server makes of a date: the wall time as written, its offset thrown away; null for no date. */
export function parseWallTime(text: string): string | null {
  const [, date, time = '00:00:00'] = DATE_MAYBE_TIME.exec(text) ?? [];
  if (date === undefined || !isRealWall(`${date}T${time}`)) return null;
  return timestamp(Date.parse(`${date}T${time}Z`));
}

/** Whether the wall time exists: JavaScript rolls 31 February over to March instead of refusing it. */
function isRealWall(wall: string): boolean {
  const atMs = Date.parse(`${wall}Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(wall.slice(0, 16));
}
