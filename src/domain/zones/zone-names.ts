import type { ZoneMeaning } from '../times/time-phrase.ts';

/** One meaning: hours and minutes east of UTC, and the zones that use it, the best known first. */
const means = (hours: number, minutes: number, ...zones: readonly string[]): ZoneMeaning => ({
  offset: hours * 60 + Math.sign(hours) * minutes,
  zones,
});

const one = (hours: number, zone: string, minutes = 0): readonly ZoneMeaning[] => [means(hours, minutes, zone)];

const CENTRAL_IN_SUMMER = [
  ...['America/Chicago', 'America/Winnipeg', 'America/Mexico_City', 'America/Monterrey', 'America/Merida'],
  ...['America/Menominee', 'America/Matamoros', 'America/Indiana/Knox', 'America/Indiana/Tell_City'],
  ...['America/North_Dakota/Center', 'America/North_Dakota/Beulah', 'America/North_Dakota/New_Salem'],
  ...['America/Rankin_Inlet', 'America/Resolute', 'America/Bahia_Banderas', 'America/Ojinaga'],
];
const CENTRAL = [
  ...CENTRAL_IN_SUMMER,
  ...['America/Regina', 'America/Swift_Current', 'America/Chihuahua', 'America/Costa_Rica', 'America/Guatemala'],
  ...['America/El_Salvador', 'America/Tegucigalpa', 'America/Managua', 'America/Belize'],
];
const ATLANTIC_IN_WINTER = [
  ...['America/Halifax', 'America/Puerto_Rico', 'Atlantic/Bermuda', 'America/Moncton', 'America/Glace_Bay'],
  ...['America/Goose_Bay', 'America/Thule', 'America/Barbados', 'America/Martinique', 'America/Santo_Domingo'],
  ...['America/Port_of_Spain', 'America/Curacao', 'America/Aruba', 'America/Guadeloupe', 'America/Antigua'],
];
const ARABIA = ['Asia/Riyadh', 'Asia/Baghdad', 'Asia/Kuwait', 'Asia/Qatar', 'Asia/Bahrain', 'Asia/Aden'];
const CHINA = ['Asia/Shanghai', 'Asia/Macau', 'Asia/Taipei'];

/**
 * What abbreviations mean, in lower case. One with a single meaning is its offset at any time of the year: `CET` in July is UTC+1.
 * `BST` is British, `PST` American, `EST` American, as nearly everybody means them; the zones named first would be asked about
 * for ever. Sources: the abbreviations of the IANA time zone database, and for Asia and South America, where that has none, usage.
 */
const ABBREVIATIONS: Readonly<Record<string, readonly ZoneMeaning[]>> = {
  wet: one(0, 'Europe/Lisbon'),
  west: one(1, 'Europe/Lisbon'),
  bst: one(1, 'Europe/London'),
  cet: one(1, 'Europe/Berlin'),
  cest: one(2, 'Europe/Berlin'),
  mez: one(1, 'Europe/Berlin'),
  mesz: one(2, 'Europe/Berlin'),
  eet: one(2, 'Europe/Helsinki'),
  eest: one(3, 'Europe/Helsinki'),
  msk: one(3, 'Europe/Moscow'),
  trt: one(3, 'Europe/Istanbul'),
  idt: one(3, 'Asia/Jerusalem'),
  sast: one(2, 'Africa/Johannesburg'),
  cat: one(2, 'Africa/Maputo'),
  eat: one(3, 'Africa/Nairobi'),
  wat: one(1, 'Africa/Lagos'),
  irst: one(3, 'Asia/Tehran', 30),
  aft: one(4, 'Asia/Kabul', 30),
  pkt: one(5, 'Asia/Karachi'),
  npt: one(5, 'Asia/Kathmandu', 45),
  mmt: one(6, 'Asia/Yangon', 30),
  ict: one(7, 'Asia/Bangkok'),
  wib: one(7, 'Asia/Jakarta'),
  wita: one(8, 'Asia/Makassar'),
  wit: one(9, 'Asia/Jayapura'),
  sgt: one(8, 'Asia/Singapore'),
  hkt: one(8, 'Asia/Hong_Kong'),
  myt: one(8, 'Asia/Kuala_Lumpur'),
  pht: one(8, 'Asia/Manila'),
  jst: one(9, 'Asia/Tokyo'),
  kst: one(9, 'Asia/Seoul'),
  awst: one(8, 'Australia/Perth'),
  acwst: one(8, 'Australia/Eucla', 45),
  acst: one(9, 'Australia/Adelaide', 30),
  acdt: one(10, 'Australia/Adelaide', 30),
  aest: one(10, 'Australia/Sydney'),
  aedt: one(11, 'Australia/Sydney'),
  lhst: one(10, 'Australia/Lord_Howe', 30),
  lhdt: one(11, 'Australia/Lord_Howe'),
  nzst: one(12, 'Pacific/Auckland'),
  nzdt: one(13, 'Pacific/Auckland'),
  chast: one(12, 'Pacific/Chatham', 45),
  chadt: one(13, 'Pacific/Chatham', 45),
  chst: one(10, 'Pacific/Guam'),
  hst: one(-10, 'Pacific/Honolulu'),
  hdt: one(-9, 'America/Adak'),
  akst: one(-9, 'America/Anchorage'),
  akdt: one(-8, 'America/Anchorage'),
  pst: one(-8, 'America/Los_Angeles'),
  pdt: one(-7, 'America/Los_Angeles'),
  mst: one(-7, 'America/Denver'),
  mdt: one(-6, 'America/Denver'),
  est: one(-5, 'America/New_York'),
  edt: one(-4, 'America/New_York'),
  adt: one(-3, 'America/Halifax'),
  nst: one(-3, 'America/St_Johns', 30),
  ndt: one(-2, 'America/St_Johns', 30),
  brt: one(-3, 'America/Sao_Paulo'),
  clt: one(-4, 'America/Santiago'),
  clst: one(-3, 'America/Santiago'),
  pet: one(-5, 'America/Lima'),
  yekt: one(5, 'Asia/Yekaterinburg'),
  omst: one(6, 'Asia/Omsk'),
  krat: one(7, 'Asia/Krasnoyarsk'),
  irkt: one(8, 'Asia/Irkutsk'),
  yakt: one(9, 'Asia/Yakutsk'),
  vlat: one(10, 'Asia/Vladivostok'),
  magt: one(11, 'Asia/Magadan'),
  pett: one(12, 'Asia/Kamchatka'),
  samt: one(4, 'Europe/Samara'),
  get: one(4, 'Asia/Tbilisi'),
  azt: one(4, 'Asia/Baku'),
  uzt: one(5, 'Asia/Tashkent'),
  tmt: one(5, 'Asia/Ashgabat'),
  tjt: one(5, 'Asia/Dushanbe'),
  kgt: one(6, 'Asia/Bishkek'),
  btt: one(6, 'Asia/Thimphu'),
  hovt: one(7, 'Asia/Hovd'),
  ulat: one(8, 'Asia/Ulaanbaatar'),
  bnt: one(8, 'Asia/Brunei'),
  tlt: one(9, 'Asia/Dili'),
  mvt: one(5, 'Indian/Maldives'),
  mut: one(4, 'Indian/Mauritius'),
  ret: one(4, 'Indian/Reunion'),
  sct: one(4, 'Indian/Mahe'),
  pgt: one(10, 'Pacific/Port_Moresby'),
  sbt: one(11, 'Pacific/Guadalcanal'),
  vut: one(11, 'Pacific/Efate'),
  nct: one(11, 'Pacific/Noumea'),
  nft: one(11, 'Pacific/Norfolk'),
  nfdt: one(12, 'Pacific/Norfolk'),
  fjt: one(12, 'Pacific/Fiji'),
  tvt: one(12, 'Pacific/Funafuti'),
  mht: one(12, 'Pacific/Majuro'),
  tot: one(13, 'Pacific/Tongatapu'),
  lint: one(14, 'Pacific/Kiritimati'),
  taht: one(-10, 'Pacific/Tahiti'),
  nut: one(-11, 'Pacific/Niue'),
  hast: one(-10, 'America/Adak'),
  hadt: one(-9, 'America/Adak'),
  cot: one(-5, 'America/Bogota'),
  galt: one(-6, 'Pacific/Galapagos'),
  bot: one(-4, 'America/La_Paz'),
  vet: one(-4, 'America/Caracas'),
  gyt: one(-4, 'America/Guyana'),
  art: one(-3, 'America/Argentina/Buenos_Aires'),
  uyt: one(-3, 'America/Montevideo'),
  pyt: one(-3, 'America/Asuncion'),
  srt: one(-3, 'America/Paramaribo'),
  gft: one(-3, 'America/Cayenne'),
  fkst: one(-3, 'Atlantic/Stanley'),
  pmst: one(-3, 'America/Miquelon'),
  pmdt: one(-2, 'America/Miquelon'),
  wgt: one(-2, 'America/Nuuk'),
  wgst: one(-1, 'America/Nuuk'),
  fnt: one(-2, 'America/Noronha'),
  azot: one(-1, 'Atlantic/Azores'),
  azost: one(0, 'Atlantic/Azores'),
  cvt: one(-1, 'Atlantic/Cape_Verde'),
  ist: [
    means(5, 30, 'Asia/Kolkata'),
    means(1, 0, 'Europe/Dublin'),
    means(2, 0, 'Asia/Jerusalem', 'Asia/Hebron', 'Asia/Gaza'),
  ],
  cst: [means(-6, 0, ...CENTRAL), means(8, 0, ...CHINA), means(-5, 0, 'America/Havana')],
  cdt: [means(-5, 0, ...CENTRAL_IN_SUMMER), means(-4, 0, 'America/Havana')],
  ast: [means(-4, 0, ...ATLANTIC_IN_WINTER), means(3, 0, ...ARABIA)],
  amt: [means(-4, 0, 'America/Manaus', 'America/Cuiaba', 'America/Porto_Velho'), means(4, 0, 'Asia/Yerevan')],
  ect: [means(-5, 0, 'America/Guayaquil'), means(-4, 0, 'America/Port_of_Spain', 'America/Martinique')],
  gst: [means(4, 0, 'Asia/Dubai', 'Asia/Muscat'), means(-2, 0, 'Atlantic/South_Georgia')],
  sst: [means(-11, 0, 'Pacific/Pago_Pago', 'Pacific/Midway'), means(8, 0, 'Asia/Singapore')],
  wst: [means(13, 0, 'Pacific/Apia'), means(8, 0, 'Australia/Perth')],
  wast: [means(8, 0, 'Australia/Perth'), means(2, 0, 'Africa/Windhoek')],
};

/** Where `AT` is kept, which a sentence may need for other things. */
export const ATLANTIC = 'America/Halifax';

/** Names of clocks with their daylight saving, as North Americans say them. */
const CLOCKS: Readonly<Record<string, string>> = {
  et: 'America/New_York',
  eastern: 'America/New_York',
  ct: 'America/Chicago',
  central: 'America/Chicago',
  mt: 'America/Denver',
  mountain: 'America/Denver',
  pt: 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
};

/** What an abbreviation in lower case means: several things, some of them, such as `ist`; undefined if nobody uses it. */
export const meaningsOf = (name: string): readonly ZoneMeaning[] | undefined =>
  Object.hasOwn(ABBREVIATIONS, name) ? ABBREVIATIONS[name] : undefined;

/** Every name in lower case with a zone that it means: the best known for each meaning of an abbreviation. */
export const NAMED_ZONES: readonly (readonly [name: string, zone: string])[] = [
  ...Object.entries(CLOCKS),
  ['at', ATLANTIC],
  ...Object.entries(ABBREVIATIONS).flatMap(([name, meanings]) =>
    meanings.flatMap(({ zones }) => zones.slice(0, 1).map((zone) => [name, zone] as const)),
  ),
];

/** The zone whose clocks a word in lower case such as `et` or `eastern` means, with their daylight saving. */
export const clocksNamed = (word: string): string | undefined =>
  Object.hasOwn(CLOCKS, word) ? CLOCKS[word] : undefined;

/** The offsets of military letters: A is UTC+1 and M UTC+12, N is UTC-1 and Y UTC-12. There is no offset for J. */
const [EAST, WEST] = ['abcdefghiklm', 'nopqrstuvwxy'];

/** Minutes east of UTC of a military zone in lower case; null for `j`, local time, and for what is no letter. */
export function offsetOfLetter(letter: string): number | null {
  if (letter.length !== 1) return null;
  if (letter === 'z') return 0;
  const [east, west] = [EAST.indexOf(letter) + 1, WEST.indexOf(letter) + 1];
  return east + west === 0 ? null : (east - west) * 60;
}
