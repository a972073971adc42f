import { exception, invalid } from './refusal.ts';
import { isRecord } from './request.ts';
import type { StoredCalendar, StoredEvent, StoredUser, World } from './world.ts';

/** A calendar as answers carry it. */
export function calendarResource(calendar: StoredCalendar): StoredCalendar & { label: string } {
  return { ...calendar, label: `Calendar: ${calendar.id}` };
}

const NEVER_SET = [
  ...['phone_number', 'position_id', 'rank_id', 'specialty_id', 'status_id', 'unit_id', 'unit_slot_id'],
  ...['notes', 'notes_updated_at', 'profile_photo', 'cover_photo', 'last_seen_at', 'facebook_user_id'],
  ...['github_user_id', 'google_user_id', 'discord_user_id', 'last_assignment_change_date', 'last_rank_change_date'],
  ...['cover_photo_url', 'rank', 'position', 'specialty', 'unit', 'status'],
];

/** A member as answers carry it; whatever the world does not know of members is null. */
export function userResource({ id, name, email, created_at }: StoredUser): Record<string, unknown> {
  const initials = name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('+');
  return {
    ...{ id, name, email, email_verified_at: created_at },
    ...Object.fromEntries(NEVER_SET.map((field) => [field, null])),
    ...{ approved: true, created_at, updated_at: created_at, display_name: name, online: false },
    profile_photo_url: `https://ui-avatars.com/api/?name=${initials}&color=2563eb&background=eff6ff`,
    label: `User: ${id}`,
  };
}

type Relation = (event: StoredEvent, world: World) => unknown;

/** The relations an event can be asked with, in the order in which they are added. No event here has a schedule row. */
const RELATIONS: Readonly<Record<string, Relation>> = {
  attachments: () => [],
  author: ({ author_id }, { users }) => found(users.get(author_id ?? 0), userResource),
  calendar: ({ calendar_id }, { calendars }) => found(calendars.get(calendar_id ?? 0), calendarResource),
  comments: () => [],
  image: () => null,
  schedule: () => null,
};

function found<T>(row: T | undefined, resource: (row: T) => unknown): unknown {
  return row === undefined ? null : resource(row);
}

const BROKEN = ['tags', 'calendar.tags'];

/** What `?include=` and a search's `includes` add to each event; refuses what the server refuses. */
export function compileIncludes(query: URLSearchParams, input: Record<string, unknown>) {
  const names = (query.get('include') ?? '').split(',').filter((name) => name !== '');
  if (Array.isArray(input.includes))
    names.push(...input.includes.filter(isRecord).map(({ relation }) => String(relation)));
  for (const name of names) refuse(name);
  const relations = Object.entries(RELATIONS).filter(([name]) => names.includes(name));
  return (event: StoredEvent, world: World): Record<string, unknown> =>
    Object.fromEntries(relations.map(([name, relation]) => [name, relation(event, world)]));
}

function refuse(name: string): void {
  if (BROKEN.includes(name)) throw exception('QueryException');
  if (!Object.hasOwn(RELATIONS, name)) throw invalid({ include: [`The ${name} field is not whitelisted.`] });
}
