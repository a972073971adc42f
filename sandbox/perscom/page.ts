import { isRecord } from './request.ts';

/** Where a list is read from and which part of it. */
export type PageRequest = {
  /** The list's address without query; links are made from it. */
  readonly address: string;
  readonly limit: number;
  readonly page: number;
};

/** One part of a list, with links and numbers as Laravel writes them. */
type Page<T> = { readonly data: readonly T[]; readonly links: unknown; readonly meta: unknown };

const DEFAULT_LIMIT = 15;

/** The part asked for by `limit` and `page` in query or body; what is no positive number counts as not given. */
export function pageRequest(address: string, query: URLSearchParams, input: unknown): PageRequest {
  const fromBody = isRecord(input) ? input : {};
  const asked = (name: string) => positive(query.get(name) ?? fromBody[name]);
  return { address, limit: asked('limit') ?? DEFAULT_LIMIT, page: asked('page') ?? 1 };
}

function positive(value: unknown): number | null {
  const number = Number(value ?? Number.NaN);
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** The part of `rows` that was asked for; beyond the last page it is empty. Links carry nothing but the page. */
export function paginate<T>(rows: readonly T[], { address, limit, page }: PageRequest): Page<T> {
  const start = (page - 1) * limit;
  const data = rows.slice(start, start + limit);
  const lastPage = Math.max(1, Math.ceil(rows.length / limit));
  const urlOf = (number: number) => `${address}?page=${number}`;
  const previous = page > 1 ? page - 1 : null;
  const next = page < lastPage ? page + 1 : null;
  const step = (label: string, to: number | null) => ({ url: to && urlOf(to), label, page: to, active: false });
  return {
    data,
    links: { first: urlOf(1), last: urlOf(lastPage), prev: previous && urlOf(previous), next: next && urlOf(next) },
    meta: {
      current_page: page,
      from: data.length > 0 ? start + 1 : null,
      last_page: lastPage,
      links: [
        step('&laquo; Previous', previous),
        ...shownPages(page, lastPage).map((number) => numbered(number, page, urlOf)),
        step('Next &raquo;', next),
      ],
      path: address,
      per_page: limit,
      to: data.length > 0 ? start + data.length : null,
      total: rows.length,
    },
  };
}

function numbered(number: number | '...', current: number, urlOf: (page: number) => string) {
  if (number === '...') return { url: null, label: number, active: false };
  return { url: urlOf(number), label: String(number), page: number, active: number === current };
}

/** Laravel lists all of up to 13 pages, of more only the ends and three around the current one. */
function shownPages(current: number, last: number): (number | '...')[] {
  if (last < 14) return range(1, last);
  if (current <= 7) return [...range(1, 10), '...', ...range(last - 1, last)];
  if (current > last - 7) return [1, 2, '...', ...range(last - 9, last)];
  return [1, 2, '...', ...range(current - 3, current + 3), '...', ...range(last - 1, last)];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
