import type { App } from '../app/app.ts';
import type { Caller } from '../app/ports.ts';
import type { Permission } from './command.ts';
import { type ActionName, type ArgumentsOf, parseArguments } from './custom-id.ts';
import type { ModalInput } from './forms/modal-input.ts';
import type { Delivery, MessageReply, Reply } from './reply.ts';

/** What came with a click or a submission: the chosen values of a select, the inputs of a modal. */
export type Input = { readonly values: readonly string[]; readonly modal: ModalInput };

/** What a button, a select or a modal does. */
export type Action = {
  readonly delivery: Delivery;
  /** What its user needs besides what everybody needs. */
  readonly permission?: Permission;
  /** Null if `args` are not of this action. */
  run(app: App, caller: Caller, args: readonly string[], input: Input): Promise<Reply> | null;
};

/** What an action does. */
export type Run<Name extends ActionName, Answer extends Reply> = (
  app: App,
  caller: Caller,
  args: ArgumentsOf<Name>,
  input: Input,
) => Promise<Answer>;

function parsing<Name extends ActionName>(name: Name, run: Run<Name, Reply>): Action['run'] {
  return (app, caller, args, input) => {
    const parsed = parseArguments(name, args);
    return parsed === null ? null : run(app, caller, parsed, input);
  };
}

/** An action that answers with a message. */
export const on = <Name extends ActionName>(
  name: Name,
  delivery: 'message' | 'update',
  run: Run<Name, MessageReply>,
): Action => ({ delivery, run: parsing(name, run) });

/** An action that may open a form. */
export const opening = <Name extends ActionName>(name: Name, run: Run<Name, Reply>): Action => ({
  delivery: 'modal',
  run: parsing(name, run),
});

/** An action that needs more than what everybody needs. */
export const restricted = (permission: Permission, action: Action): Action => ({ ...action, permission });

/** Some of the bot's actions. */
export type Actions<Name extends ActionName> = { readonly [Own in Name]: Action };
