import { type APILabelComponent, ComponentType, type ModalSubmitFields } from 'discord.js';
import type { Upload } from '../../app/ports.ts';
import type { SubmittedTexts } from '../../app/submit-form.ts';
import { FIELDS, type Field, fieldNamed } from '../../domain/field.ts';
import type { Snapshot, SnapshotField } from '../../domain/snapshot.ts';
import { FILE_TYPES, isRich, LONG_TEXTS, type LongTexts } from '../../domain/texts/text-field.ts';

const LONG = 'long-texts';
const FILE = 'file';

/** How the input of a text that may be HTML is written; null for other inputs. */
export function describeSyntax({ field, text: shown }: SnapshotField): string | null {
  if (!isRich(field) || shown === null) return null;
  if (shown.syntax === 'plain') return 'Plain text, stored as typed.';
  if (shown.syntax === 'html') return 'Shown as HTML, as it is.';
  return shown.text === '' ? 'Write Markdown.' : 'Shown as Markdown.';
}

const isLong = ({ field, text }: SnapshotField): boolean => isRich(field) && text?.isTooLong === true;

/** Asks what becomes of a text that the form cannot show; unless somebody says so, nothing takes its place. */
function longTextsChoice(long: readonly SnapshotField[], chosen: LongTexts): readonly APILabelComponent[] {
  if (long.length === 0) return [];
  const names = long.map(({ field }) => FIELDS[field].label.toLowerCase()).join(' and ');
  const options = [
    { value: 'append', label: 'Add it behind the present text' },
    { value: 'replace', label: 'Put it in the place of the present text' },
    ...long.map(({ field }) => ({ value: `empty-${field}`, label: `Empty the ${FIELDS[field].label.toLowerCase()}` })),
  ];
  const preset = options.some(({ value }) => value === chosen) ? chosen : 'append';
  return [
    {
      type: ComponentType.Label,
      label: 'What you type or upload for a long text',
      description: `Too long to show: ${names}.`,
      component: {
        type: ComponentType.RadioGroup,
        custom_id: LONG,
        required: true,
        options: options.map((option) => (option.value === preset ? { ...option, default: true } : option)),
      },
    },
  ];
}

function fileInput(of: SnapshotField): APILabelComponent {
  const becomes = isLong(of) ? 'Added or put in its place, as chosen above.' : 'Takes the place of the text above.';
  return {
    type: ComponentType.Label,
    label: `${FIELDS[of.field].label} from a file`,
    description: `${FILE_TYPES.join(', ')} in UTF-8, 64 KB at most. ${becomes}`,
    component: {
      type: ComponentType.FileUpload,
      custom_id: `${FILE}:${of.field}`,
      required: false,
      min_values: 0,
      max_values: 1,
      file_types: [...FILE_TYPES],
    },
  };
}

/** What a form asks besides its fields: files for its texts, and what becomes of those that it cannot show, with a choice preset. */
export function textInputs({ fields }: Snapshot, chosen: LongTexts): readonly APILabelComponent[] {
  const rich = fields.filter(({ field }) => isRich(field));
  return [...longTextsChoice(rich.filter(isLong), chosen), ...rich.map(fileInput)];
}

const fieldOfFile = (customId: string): Field | null => {
  const [kind, name] = customId.split(':');
  return kind === FILE ? fieldNamed(name ?? '') : null;
};

/** What came with a submitted modal for its texts. */
export function parseTexts({ fields }: ModalSubmitFields): SubmittedTexts {
  const uploads = new Map<Field, Upload>();
  for (const [customId, input] of fields) {
    if (input.type !== ComponentType.FileUpload) continue;
    const [field, file] = [fieldOfFile(customId), input.attachments?.first()];
    if (field !== null && file !== undefined) uploads.set(field, { name: file.name, size: file.size, url: file.url });
  }
  const choice = fields.get(LONG);
  const value = choice?.type === ComponentType.RadioGroup ? choice.value : null;
  return { longTexts: LONG_TEXTS.find((one) => one === value) ?? 'append', uploads };
}
