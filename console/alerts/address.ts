/** Where an alert is shown; its id holds slashes and stands in the address as one part. */
export function alertHref(id: string): string {
  return `/alerts/${encodeURIComponent(id)}`;
}
