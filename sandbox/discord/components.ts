import { Component, type Part } from './wire.ts';

/** Every component of a message or modal, containers before what they hold. */
export function* everyPart(parts: Iterable<Part>): Generator<Part> {
  for (const part of parts) {
    yield part;
    yield* everyPart(childrenOf(part));
  }
}

function childrenOf(part: Part): readonly Part[] {
  const own = part.components ?? [];
  const single = [part.component, part.accessory].filter((child) => child !== undefined);
  return [...own, ...single];
}

/** Whether a component is one of the five selects. */
export function isSelect(part: Part): boolean {
  return part.type === Component.stringSelect || isEntitySelect(part);
}

/** Whether a component is a select over users, roles, mentionables or channels. */
export function isEntitySelect(part: Part): boolean {
  return part.type >= Component.userSelect && part.type <= Component.channelSelect;
}

/** A copy in which every component has the numeric id Discord gives it, in depth-first order. */
export function withIds(parts: readonly Part[]): readonly Part[] {
  let next = 1;
  const number = (part: Part): Part => {
    const id = next++;
    return {
      ...part,
      ...{ id },
      ...(part.components && { components: part.components.map(number) }),
      ...(part.component && { component: number(part.component) }),
      ...(part.accessory && { accessory: number(part.accessory) }),
    };
  };
  return parts.map(number);
}
