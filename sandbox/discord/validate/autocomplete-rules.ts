import type { Issue } from '../answer.ts';
import { type CommandOption, isObject, Option } from '../wire.ts';
import { issue } from './issue.ts';

/** What is wrong with the choices offered for an option: each must be of its type. */
export function offeredIssues(option: CommandOption, data: unknown): readonly Issue[] {
  const choices = isObject(data) && Array.isArray(data.choices) ? data.choices : null;
  if (!choices) return [issue(['data', 'choices'], 'BASE_TYPE_REQUIRED', 'This field is required')];
  return choices.flatMap((choice: unknown, index) => {
    const problem = isObject(choice) ? valueProblem(option, choice.value) : 'This is no choice';
    return problem ? [issue(['data', 'choices', index, 'value'], 'BASE_TYPE_CONVERT', problem)] : [];
  });
}

function valueProblem(option: CommandOption, value: unknown): string | null {
  if (option.type === Option.string) return textProblem(value);
  if (option.type === Option.integer) return Number.isSafeInteger(value) ? null : 'The value must be an integer';
  return typeof value === 'number' ? null : 'The value must be a number';
}

function textProblem(value: unknown): string | null {
  if (typeof value !== 'string') return 'The value must be a string';
  return value.length < 1 || value.length > 100 ? 'Must be between 1 and 100 in length.' : null;
}
