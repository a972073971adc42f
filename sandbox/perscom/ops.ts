import type { StoredEvent } from './world.ts';

type Op = Omit<StoredEvent, 'id' | 'starts' | 'ends' | 'registration_deadline' | 'created_at' | 'updated_at'> & {
  readonly inDays: number;
  /** Hours after midnight UTC. */
  readonly startsAt: number;
  readonly hours: number;
  readonly deadlineDaysBefore: number | null;
};

const EVERY_OP = {
  all_day: false,
  repeats: false,
  registration_enabled: true,
  notifications_enabled: true,
  content: null,
  url: null,
} as const;

/** The ops a made-up unit plans, relative to the day its world is built for. */
export const OPS: readonly [Op, ...Op[]] = [
  {
    ...EVERY_OP,
    name: 'Op Iron Resolve',
    calendar_id: 1,
    author_id: 1,
    inDays: 2,
    startsAt: 19,
    hours: 3,
    deadlineDaysBefore: 1,
    location: 'Altis, AAC Airfield',
    description:
      '<p><strong>Situation:</strong> CSAT forces hold the airfield. <em>Bravo</em> and <em>Charlie</em> assault from the north.</p><p>Be on TeamSpeak 30&nbsp;minutes early.</p>',
    content: '<h2>Orders</h2><ol><li>Seize OBJ Falcon</li><li>Clear OBJ Raven</li><li>Hold until relieved</li></ol>',
    url: 'https://example.test/orders/iron-resolve',
    notifications_interval: ['p1d', 'pt1h'],
    notifications_channels: ['discord_public', 'mail'],
  },
  {
    ...EVERY_OP,
    name: 'Op Silent Harbor',
    calendar_id: 1,
    author_id: 2,
    inDays: 9,
    startsAt: 19,
    hours: 3.5,
    deadlineDaysBefore: 2,
    location: 'Livonia, Topolin',
    description:
      '<p>Night raid on the river depot. NVGs and suppressors are issued at the <a href="#">arsenal</a>.</p>',
    notifications_interval: ['pt1h'],
    notifications_channels: ['discord_private'],
  },
  {
    ...EVERY_OP,
    name: 'Field Training Exercise',
    calendar_id: 2,
    author_id: 1,
    inDays: 5,
    startsAt: 0,
    hours: 24,
    deadlineDaysBefore: null,
    all_day: true,
    location: 'Stratis, Range Complex',
    description: '<p>Marksmanship, land navigation and CLS refreshers. All ranks welcome.</p>',
    notifications_interval: [],
    notifications_channels: [],
  },
  {
    ...EVERY_OP,
    name: 'Weekly Squad Training',
    calendar_id: 2,
    author_id: 3,
    inDays: 3,
    startsAt: 20,
    hours: 2,
    deadlineDaysBefore: null,
    repeats: true,
    location: 'Training server',
    description: null,
    notifications_interval: ['pt15m'],
    notifications_channels: ['discord_public', 'sms'],
  },
  {
    ...EVERY_OP,
    name: 'Joint Op Northern Shield',
    calendar_id: 3,
    author_id: 3,
    inDays: 16,
    startsAt: 18,
    hours: 4,
    deadlineDaysBefore: 3,
    location: null,
    description: '<p>With the 3rd Ranger Bn. Their staff owns the map; slots are assigned by S-3.</p>',
    notifications_interval: ['p1w', 'p1d'],
    notifications_channels: ['discord_public', 'database'],
  },
];
