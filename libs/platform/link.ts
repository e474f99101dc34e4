/**
 * The header `Link` of one page of a list (RFC 8288).
 *
 * @param links target by relation, as in `{ next: '/v1/inbox?cursor=…' }`; undefined ones are left out
 */
export const linkHeader = (links: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(links)
    .filter(([, target]) => target !== undefined)
    .map(([relation, target]) => `<${target}>; rel="${relation}"`)
    .join(', ');
