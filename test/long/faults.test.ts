import { ANSWER_ROWS } from '../e2e/faults/answer-rows.ts';
import { LOCKED_ROWS } from '../e2e/faults/database-rows.ts';
import { DISCORD_ROWS } from '../e2e/faults/discord-rows.ts';
import { EDITOR_ROWS } from '../e2e/faults/editor-rows.ts';
import { LATER_ROWS } from '../e2e/faults/later-rows.ts';
import { runMatrix } from '../e2e/faults/matrix.ts';
import { DOUBT_ROWS, PATCH_ROWS } from '../e2e/faults/patch-rows.ts';
import { READ_ROWS } from '../e2e/faults/read-rows.ts';
import { REFUSAL_ROWS } from '../e2e/faults/refusal-rows.ts';
import { SERVER_ROWS } from '../e2e/faults/server-rows.ts';

runMatrix([
  ...[...PATCH_ROWS, ...DOUBT_ROWS, ...LATER_ROWS, ...DISCORD_ROWS, ...LOCKED_ROWS],
  ...[...READ_ROWS, ...EDITOR_ROWS, ...ANSWER_ROWS, ...REFUSAL_ROWS, ...SERVER_ROWS],
]);
