import { type APIButtonComponentWithCustomId, ButtonStyle, ComponentType } from 'discord.js';
import { customId } from './custom-id.ts';
import type { Row } from './reply.ts';
import { shorten } from './text.ts';

type Style = APIButtonComponentWithCustomId['style'];

/** Discord's limit for titles and labels of modals (docs, Modals and Label). */
export const MAX_LABEL = 45;

/** A label that says on whose clocks something is typed: by the zone's whole name where there is room. */
export function zonedLabel(label: string, zone: string): string {
  const whole = `${label} (${zone})`;
  return shorten(whole.length <= MAX_LABEL ? whole : `${label} (${zone.split('/').at(-1)})`, MAX_LABEL);
}

/** A button; its label is cut at Discord's 80 characters. */
export const button = (
  label: string,
  customId: string,
  style: Style = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style,
  label: shorten(label, 80),
  custom_id: customId,
});

/** The button for what most people want next; at most one in a message. */
export const primary = (label: string, customId: string): APIButtonComponentWithCustomId =>
  button(label, customId, ButtonStyle.Primary);

/** A button for what takes something away. */
export const danger = (label: string, customId: string): APIButtonComponentWithCustomId =>
  button(label, customId, ButtonStyle.Danger);

/** The button to the board. */
export const viewQueueButton: APIButtonComponentWithCustomId = button('View queue', customId('view-queue'));

/** A row of up to five buttons; none when there are none. */
export const buttons = (...components: readonly APIButtonComponentWithCustomId[]): readonly Row[] =>
  components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [...components] }];

/** One choice of a select. */
export type Option = { readonly label: string; readonly value: string };

/** A row with one select of which one option is chosen; Discord takes 1 to 25 options, and none makes no row. */
export const select = (customId: string, placeholder: string, options: readonly Option[]): readonly Row[] =>
  options.length === 0
    ? []
    : [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.StringSelect,
              custom_id: customId,
              placeholder,
              options: options.slice(0, 25).map(({ label, value }) => ({ label: shorten(label, 100), value })),
            },
          ],
        },
      ];

/** A row with one select of which any number of options may be chosen, with those chosen now; none makes no row. */
export const multiSelect = (
  customId: string,
  placeholder: string,
  options: readonly (Option & { readonly isChosen: boolean })[],
): readonly Row[] =>
  options.length === 0
    ? []
    : [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.StringSelect,
              custom_id: customId,
              placeholder,
              min_values: 0,
              max_values: Math.min(25, options.length),
              options: options
                .slice(0, 25)
                .map(({ label, value, isChosen }) => ({ label: shorten(label, 100), value, default: isChosen })),
            },
          ],
        },
      ];

/** Buttons to the pages before and after `page` (from 0) of `pages`; none when there is one page. */
export function pager(page: number, pages: number, idOf: (page: number) => string): APIButtonComponentWithCustomId[] {
  const back = page > 0 ? [button('◀ Previous page', idOf(page - 1))] : [];
  const forth = page < pages - 1 ? [button('Next page ▶', idOf(page + 1))] : [];
  return [...back, ...forth];
}
