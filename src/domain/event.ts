/** PERSCOM's id of an event: a positive integer. */
export type EventId = number;

/** A point in time as PERSCOM is sent it: UTC, whole seconds, `YYYY-MM-DDTHH:MM:SSZ`. */
export type Instant = string;

/** What a moderator may change on an event: PERSCOM's 16 editable fields, by PERSCOM's own names. */
export type EventValues = {
  readonly name: string;
  readonly calendar_id: number | null;
  readonly description: string | null;
  readonly content: string | null;
  readonly location: string | null;
  /** The event's own link. A link that PERSCOM generates for an empty `url` counts as null. */
  readonly url: string | null;
  readonly author_id: number | null;
  readonly all_day: boolean;
  readonly starts: Instant;
  readonly ends: Instant | null;
  readonly repeats: boolean;
  readonly registration_enabled: boolean;
  readonly registration_deadline: Instant | null;
  readonly notifications_enabled: boolean;
  readonly notifications_interval: readonly string[] | null;
  readonly notifications_channels: readonly string[] | null;
};

/**
 * Whether an event with these times would end before it starts, or as it starts without being an all-day one. PERSCOM
 * does not check it (recorded: "POST create ends before starts").
 */
export const endsTooEarly = ({ starts, ends, all_day }: Pick<EventValues, 'starts' | 'ends' | 'all_day'>): boolean =>
  ends !== null && (ends < starts || (ends === starts && !all_day));

/** An event as PERSCOM held it when it was read. */
export type EventRecord = {
  readonly id: EventId;
  readonly values: EventValues;
  /** The event's page in PERSCOM, when PERSCOM has told us how such a link looks. */
  readonly page: string | null;
  /** When PERSCOM last stored a change to it, by anybody; null if it does not say. */
  readonly updatedAt: Instant | null;
};

/** What a list of events needs of each. */
export type EventSummary = {
  readonly id: EventId;
  readonly name: string;
  readonly starts: Instant;
  readonly ends: Instant | null;
  readonly allDay: boolean;
  /** Whether `starts` and `ends` are those of the first of a series. */
  readonly repeats: boolean;
  readonly calendarId: number | null;
};

/** What a list shows of an event with these values. */
export const summaryOf = (id: EventId, values: EventValues): EventSummary => ({
  id,
  name: values.name,
  starts: values.starts,
  ends: values.ends,
  allDay: values.all_day,
  repeats: values.repeats,
  calendarId: values.calendar_id,
});

/** A calendar that an event can be in. */
export type Calendar = { readonly id: number; readonly name: string };
