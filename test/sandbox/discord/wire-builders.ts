/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;
/** A refused body: what is wrong with it, and how the refusal begins to say so. */
export type Case = readonly [what: string, body: Json, reason: string];

/** A button. */
export const button = (custom_id: string, more: Json = {}) => ({ type: 2, style: 2, label: 'B', custom_id, ...more });
/** An action row. */
export const row = (...components: Json[]) => ({ type: 1, components });
/** Options of a select or group. */
export const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `O${index}`, value: `${index}` }));
/** A string select. */
export const select = (more: Json = {}) => ({ type: 3, custom_id: 's', options: options(3), ...more });
/** A text input. */
export const text = (more: Json = {}) => ({ type: 4, custom_id: 't', style: 1, ...more });
/** A label around a modal component. */
export const label = (component: Json, more: Json = {}) => ({ type: 18, label: 'L', component, ...more });
/** A modal. */
export const modal = (...components: Json[]) => ({ custom_id: 'm', title: 'M', components });
/** A text display. */
export const display = (content: string) => ({ type: 10, content });
/** The flag that turns Components V2 on. */
export const V2 = 1 << 15;
