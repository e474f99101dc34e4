/** Everything that can be read in the files of a trail or an export, opened blocks too. */
export function readableIn(files: ReadonlyMap<string, Buffer>): string {
  const lines = (files.get('data/disclosures.ndjson')?.toString() ?? '').split('\n').filter((line) => line !== '');
  const opened = lines.flatMap((line) =>
    (JSON.parse(line) as { readonly d: readonly string[] }).d.map((one) => Buffer.from(one, 'base64url').toString()),
  );
  return [...[...files.values()].map(String), ...opened].join('\n');
}
