import { assertNever } from '../domain/result.ts';
import { FILE_TYPES, type TextError } from '../domain/texts/text-field.ts';
import { count, plain } from './text.ts';

/** Why a text, or a file for one, was not taken. */
export function describeTextError(error: TextError): string {
  switch (error.kind) {
    case 'file-not-read':
      return `“${plain(error.name)}” could not be read from Discord. Upload it again.`;
    case 'file-too-large':
      return `“${plain(error.name)}” is larger than the ${count(error.maxBytes, 'byte')} that PERSCOM takes. Upload a shorter one.`;
    case 'not-a-text-file':
      return `“${plain(error.name)}” is not a text file in UTF-8. Upload a file that ends in ${FILE_TYPES.join(', ')}.`;
    case 'empty-file':
      return `“${plain(error.name)}” is empty. To empty the field, ${error.isLong ? 'choose that in the form, above the files' : 'delete what its input shows'}.`;
    case 'typed-and-uploaded':
      return `You typed a text and uploaded “${plain(error.name)}” too, and only one can be meant. *Fix* has what you typed: submit that, or empty it and upload the file again.`;
    case 'too-many-bytes':
      return `The text would be ${count(error.bytes, 'byte')}; PERSCOM takes ${error.maxBytes}. Shorten it, or replace the present text.`;
    default:
      return assertNever(error);
  }
}
