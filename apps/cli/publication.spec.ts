import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { dataFaults, entryTypes, type EntryType } from '#catalogue';
import type { JsonObject } from '#statement';
import { commandLine, type Ended } from '../../test/support/command-line.js';
import { registerAgreement } from './agreement.js';
import { registerPublication } from './publication.js';

const seed = 20261122;
const dataOf = (type: string): JsonObject => entryTypes.get(type)?.example.data ?? {};
const entryTypeOf = (name: string): EntryType => {
  const type = entryTypes.get(name);
  if (type === undefined) throw new Error(`no entry type ${name}`);
  return type;
};
const agreement = dataOf('AgreementAdopted');
const practice = {
  kind: 'practice',
  language: 'en',
  title: 'Read aloud',
  text: 'Read the recipients aloud.',
  purposes: [],
};

let folder: string;
let keyFile: string;
let key: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nachweis-'));
  keyFile = join(folder, 'key.pem');
  key = (await ran('key', keyFile, '--name', 'north.example')).out.trim();
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: JsonObject | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What `nachweis publication` prints, and its exit code. */
const ran = (...given: readonly string[]): Promise<Ended> =>
  commandLine(registerPublication, {}, 'publication', ...given);

const signed = async (kind: string, content: JsonObject): Promise<string> => {
  const { out, err } = await ran(
    'sign',
    file('content.json', content),
    '--kind',
    kind,
    '--name',
    'north.example',
    '--key-file',
    keyFile,
  );
  expect(err).toBe('');
  return out;
};

const wrongUse = { code: 64 };

describe('nachweis publication', () => {
  it('makes a key that only its owner can read, and overwrites none', async () => {
    expect(key).toMatch(/^north\.example\+[0-9a-f]{8}\+/);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const before = readFileSync(keyFile, 'utf8');
    await expect(ran('key', keyFile, '--name', 'north.example')).resolves.toMatchObject(wrongUse);
    expect(readFileSync(keyFile, 'utf8')).toBe(before);
  });

  it.each([
    ['agreement', agreement, 'Exit support of young people in Exampletown'],
    ['rule-pack', dataOf('RulePackPublished'), dataOf('RulePackPublished')['pack'] as string],
    ['practice', practice, 'Read aloud'],
  ] as const)('says who published this %s', async (kind, content, title) => {
    const publication = file('p.txt', await signed(kind, content));
    await expect(ran('check', publication, '--key', key)).resolves.toEqual({
      out: `north.example published this ${kind}: ${title}\n`,
      err: '',
      code: 0,
    });
  });

  it('adopts an agreement with the bodies here, as a first version that is not yet in force', async () => {
    const publication = file('p.txt', await signed('agreement', agreement));
    const parties = ['--party', 'youth-office.example=jugendamt.example', '--party', 'police.example=polizei.example'];
    const { out, code } = await ran('adopt', publication, '--key', key, ...parties, '--name', 'our-network');
    const data = JSON.parse(out) as JsonObject;
    expect(code).toBe(0);
    expect(out).not.toMatch(/"(?:youth-office|police)\.example"/);
    expect(data).toMatchObject({
      agreement: 'our-network',
      version: 1,
      parties: ['jugendamt.example', 'polizei.example'],
      validFrom: { missing: 'follows' },
    });
    expect(data['validUntil']).toBeUndefined();
    const [clause, theirs] = [data, agreement].map((one) => (one['clauses'] as readonly JsonObject[])[0]);
    expect(clause).toMatchObject({ from: ['jugendamt.example'], to: ['polizei.example'] });
    expect(clause?.['legalBasisTransmit']).toEqual(theirs?.['legalBasisTransmit']);
  });

  it('signs a later version with its note of changes, and adopts it as a first one', async () => {
    const publication = file('p.txt', await signed('agreement', dataOf('AgreementAmended')));
    expect(await ran('check', publication, '--key', key)).toMatchObject({ code: 0 });
    const data = JSON.parse((await ran('adopt', publication, '--key', key)).out) as JsonObject;
    expect(['supersedes', 'changes'].filter((field) => field in data)).toEqual([]);
    expect(data['version']).toBe(1);
    expect(dataFaults(entryTypeOf('AgreementAdopted'), data)).toEqual([]);
  });

  it('leaves open in what it adopts what only the other network has, and the check of it says so', async () => {
    const model = join(import.meta.dirname, '../../deploy/agreements/model-exit-support.json');
    const publication = file('p.txt', await signed('agreement', JSON.parse(readFileSync(model, 'utf8')) as JsonObject));
    const { out } = await ran('adopt', publication, '--key', key);
    expect(out).not.toMatch(/dsfa-|jugendhilfe@|Zimmer 12|Aushang/);
    const checked = await commandLine(registerAgreement, {}, 'agreement', 'check', file('a.json', out));
    expect(checked.code).toBe(0);
    for (const open of ['/dpia', '/contactPoint', '/validFrom', '/clauses/0/activities', '/clauses/5/activities']) {
      expect(checked.out).toContain(`open: ${open}: `);
    }
  });

  it('adopts practices as they are', async () => {
    const publication = file('p.txt', await signed('practice', practice));
    const { out, err } = await ran('adopt', publication, '--key', key);
    expect(JSON.parse(out)).toEqual(practice);
    expect(err).toBe('');
  });

  it('adopts packs as they are, and says that number and day are still those of the publisher', async () => {
    const pack = dataOf('RulePackPublished');
    const publication = file('p.txt', await signed('rule-pack', pack));
    const { out, err, code } = await ran('adopt', publication, '--key', key);
    expect(JSON.parse(out)).toEqual(pack);
    expect(err).toMatch(/^version and validFrom are those of the publisher: .*\n$/);
    expect(code).toBe(0);
  });

  it('believes no other key, and not the right key under another name', async () => {
    const publication = file('p.txt', await signed('agreement', agreement));
    const other = (await ran('key', join(folder, 'other.pem'), '--name', 'north.example')).out;
    await expect(ran('check', publication, '--key', other)).resolves.toMatchObject({ out: '', code: 1 });
    const renamed = file('r.txt', readFileSync(publication, 'utf8').replace('\nnorth.example\n', '\nsouth.example\n'));
    await expect(ran('check', renamed, '--key', key)).resolves.toMatchObject({ out: '', code: 1 });
  });

  it('sees any changed character', async () => {
    const publication = await signed('practice', practice);
    await fc.assert(
      fc.asyncProperty(fc.nat(publication.length - 1), fc.integer({ min: 1, max: 127 }), async (at, by) => {
        const code = (publication.charCodeAt(at) + by) % 128;
        const changed = publication.slice(0, at) + String.fromCharCode(code) + publication.slice(at + 1);
        fc.pre(changed !== publication);
        expect(await ran('check', file('c.txt', changed), '--key', key)).toMatchObject({ out: '', code: 1 });
      }),
      { seed, numRuns: 200 },
    );
  });

  it('signs nothing a ledger would refuse', async () => {
    const bad = file('bad.json', { ...agreement, parties: [] });
    const { out, err, code } = await ran(
      'sign',
      bad,
      '--kind',
      'agreement',
      '--name',
      'north.example',
      '--key-file',
      keyFile,
    );
    expect([out, code]).toEqual(['', 1]);
    expect(err).toContain('/parties: ');
    const dated = file('dated.json', { ...practice, text: 'It was 3.4.2026.' });
    const practised = await ran('sign', dated, '--kind', 'practice', '--name', 'north.example', '--key-file', keyFile);
    expect(practised).toMatchObject({ out: '', code: 1 });
  });

  it('ends with 64 for what its user got wrong', async () => {
    const publication = file('p.txt', await signed('agreement', agreement));
    const wrong = [
      ['check', publication, '--key', 'no key'],
      ['check', join(folder, 'missing.txt'), '--key', key],
      ['adopt', publication, '--key', key, '--party', 'nobody.example=x.example'],
      ['adopt', publication, '--key', key, '--party', 'police.example'],
      ['sign', file('a.json', agreement), '--kind', 'gossip', '--name', 'north.example', '--key-file', keyFile],
      ['sign', file('a.json', agreement), '--kind', 'agreement', '--name', 'north.example', '--key-file', publication],
    ];
    for (const words of wrong) await expect(ran(...words)).resolves.toMatchObject(wrongUse);
  });
});
