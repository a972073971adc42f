import type { Issue } from '../answer.ts';

/** An issue in one line. */
export function issue(path: Issue['path'], code: string, message: string): Issue {
  return { path, code, message };
}

/** The same issues seen from one level further out. */
export function under(prefix: Issue['path'], issues: readonly Issue[]): readonly Issue[] {
  return issues.map((inner) => ({ ...inner, path: [...prefix, ...inner.path] }));
}

/** The items that occur a second time. */
export function repeated<Item>(items: readonly Item[]): readonly Item[] {
  return items.filter((item, index) => items.indexOf(item) < index);
}
