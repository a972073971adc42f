import { describe, expect, test } from 'vitest';
import { connectOne } from '../../src/app/connections.ts';
import type { Perscom } from '../../src/app/ports.ts';
import { ok } from '../../src/domain/result.ts';
import { buildEvent, eventsById } from '../fixtures/domain.ts';

const CLOCK = { now: () => 1_000 };

/** A PERSCOM with one event, which counts what it is asked. */
function perscomOfOneEvent(): { perscom: Perscom; asked: string[] } {
  const asked: string[] = [];
  const event = buildEvent(1);
  const perscom: Perscom = {
    fetchEvents: async (ids) =>
      ok(eventsById(...(asked.push(`events ${ids.join()}`) && ids.includes(1) ? [event] : []))),
    fetchEventPage: async (page) => ok({ events: asked.push(`page ${page}`) ? [event] : [], isLast: true }),
    fetchCalendars: async () => ok(asked.push('calendars') ? [{ id: 2, name: 'Training' }] : []),
    patchEvents: () => Promise.reject(new Error('nobody patches here')),
  };
  return { perscom, asked };
}

describe('a process with the token of one guild', () => {
  test('gives that guild its PERSCOM and one memory for all who ask', async () => {
    const { perscom, asked } = perscomOfOneEvent();
    const connections = connectOne({ guildId: '111', perscom }, CLOCK);
    const connection = connections.of('111');
    expect(connection).toMatchObject({ perscom });
    expect(asked).toEqual([]);
    expect(await connection?.cache.find('alpha', 1_000)).toMatchObject({ ok: true, value: { events: [{ id: 1 }] } });
    expect(connections.of('111')?.cache.knownEvent(1)).toMatchObject({ id: 1 });
    expect(asked).toEqual(['page 1']);
  });

  test.each(['222', '', '1111', '11'])('gives guild %j none: the token is not for it', (guildId) => {
    const { perscom, asked } = perscomOfOneEvent();
    expect(connectOne({ guildId: '111', perscom }, CLOCK).of(guildId)).toBeNull();
    expect(asked).toEqual([]);
  });
});

test('a process without a token connects no guild', () => {
  expect(connectOne(null, CLOCK).of('111')).toBeNull();
});
