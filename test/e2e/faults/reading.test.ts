import { ANSWER_ROWS } from './answer-rows.ts';
import { EDITOR_ROWS } from './editor-rows.ts';
import { everyOther, runMatrix } from './matrix.ts';
import { READ_ROWS } from './read-rows.ts';
import { REFUSAL_ROWS } from './refusal-rows.ts';
import { SERVER_ROWS } from './server-rows.ts';

runMatrix(everyOther([...READ_ROWS, ...EDITOR_ROWS, ...ANSWER_ROWS, ...REFUSAL_ROWS, ...SERVER_ROWS]));
