import { useLocation } from 'preact-iso';

/** What stands in the address after the question mark, and how it is changed: empty values are left out. */
export function useQuery(): readonly [
  query: Readonly<Record<string, string>>,
  change: (patch: Readonly<Record<string, string | undefined>>) => void,
] {
  const { path, query, route } = useLocation();
  const change = (patch: Readonly<Record<string, string | undefined>>): void => {
    route(withQuery(path, { ...query, ...patch }), true);
  };
  return [query, change];
}

/** A path with a query; empty values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, value);
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
