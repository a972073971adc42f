import { LOCKED_ROWS } from './database-rows.ts';
import { DISCORD_ROWS } from './discord-rows.ts';
import { LATER_ROWS } from './later-rows.ts';
import { everyOther, runMatrix } from './matrix.ts';
import { DOUBT_ROWS, PATCH_ROWS } from './patch-rows.ts';

runMatrix(everyOther([...PATCH_ROWS, ...DOUBT_ROWS, ...LATER_ROWS, ...DISCORD_ROWS, ...LOCKED_ROWS]));
