/** What somebody who writes software for the ledger has to know first. */
export const introduction = `Nachweis keeps one append-only, tamper-evident record of every request, disclosure and decision about data that agencies share.

**Callers.** Every request bears a token (\`Authorization: Bearer …\`) that names a body and a role: \`agency\`, \`dpo\` (its data protection officer), \`regulator\` (a supervisor of other agencies) or \`operator\` (who runs the ledger and can read nothing in it).

**Entries and blocks.** The log holds who recorded something and when, and salted commitments; what was recorded lies in sealed blocks: \`terms\` (what, why, on which ground), \`people\`, \`told\` (what the other side was told), \`staff\`, \`reasons\`, \`withheld\`. Each block has its own audience and can be erased alone; every proof still verifies.

**Looking is recorded.** Blocks open only for callers who say why (\`Access-Purpose\`), and only after that is durably recorded.

**What is not yours does not exist.** 404 is the same answer for what nobody recorded and for what belongs to others.

**Sending again is safe.** Entries are known by their sender's \`id\`. After an answer of 5xx, or none, send the same bytes again.

**JSON** is read strictly: UTF-8, no name twice, whole numbers within ±(2^53 − 1), no unknown fields. Instants have exactly the form \`2026-11-22T10:00:00.123Z\`, ids are lower-case UUIDs.

**Errors** are problem documents (RFC 9457) with a stable \`code\` and a JSON pointer for each fault. Values that were sent are never repeated. Where trying again can help, \`Retry-After\` says when. Before any operation is reached, every request is refused that cannot be decoded (400 \`malformed-request\`), has a \`Content-Encoding\` or another charset than UTF-8 (415), or goes where nothing is served (404 \`not-found\`).

**Lists** come in pages: follow the \`Link\` with \`rel="next"\` until there is none.`;
