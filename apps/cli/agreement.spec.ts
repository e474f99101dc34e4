import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryTypes } from '#catalogue';
import type { JsonObject } from '#statement';
import { commandLine, type Ended } from '../../test/support/command-line.js';
import { registerAgreement } from './agreement.js';

const example: JsonObject = entryTypes.get('AgreementAdopted')?.example.data ?? {};
const amendment: JsonObject = entryTypes.get('AgreementAmended')?.example.data ?? {};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nachweis-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: JsonObject | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What `nachweis agreement` prints, and its exit code. */
const ran = (...given: readonly string[]): Promise<Ended> => commandLine(registerAgreement, {}, 'agreement', ...given);

describe('nachweis agreement check', () => {
  it('ends with 0 for what the ledger takes', async () => {
    await expect(ran('check', file('a.json', example))).resolves.toEqual({
      out: 'sound, and nothing is left open\n',
      err: '',
      code: 0,
    });
  });

  it('says what is left open, which is no fault', async () => {
    const { out, code } = await ran('check', file('a.json', { ...example, reviewDue: { missing: 'follows' } }));
    expect(out).toBe('open: /reviewDue: said to be missing: follows\nsound; 1 left open\n');
    expect(code).toBe(0);
  });

  it('ends with 1 and names the place in the file for what the ledger would refuse', async () => {
    const path = file('a.json', { ...example, parties: [], version: 0 });
    const { out, err, code } = await ran('check', path);
    expect([out, code]).toEqual(['', 1]);
    expect(err).toContain(`${path}: /parties: expected a list of 1 to 100 elements\n`);
    expect(err).toContain(`${path}: /version: `);
  });

  it('takes an amendment that tells what changed, and refuses one that does not say what it supersedes', async () => {
    await expect(ran('check', file('a.json', amendment))).resolves.toMatchObject({ err: '', code: 0 });
    const { supersedes: _, ...alone } = amendment;
    const path = file('b.json', alone);
    const { err, code } = await ran('check', path);
    expect([err.startsWith(`${path}: /supersedes: `), code]).toEqual([true, 1]);
  });

  it('sees contradictions between fields, too', async () => {
    const { err } = await ran('check', file('a.json', { ...example, validUntil: '2020-01-01' }));
    expect(err).toMatch(/: \/validUntil: before validFrom\n$/);
  });

  it.each(['', 'no JSON', '[]', '{"version": 1, "version": 2}'])('ends with 1 for the text %j', async (text) => {
    const { err, code } = await ran('check', file('a.json', text));
    expect(code).toBe(1);
    expect(err).not.toBe('');
  });

  it.each(['missing.json', '.'])('ends with 64 where %s is no file to read', async (name) => {
    await expect(ran('check', join(folder, name))).resolves.toMatchObject({ code: 64 });
  });

  it('ends with 64 for a file no ledger would take', async () => {
    await expect(ran('check', file('a.json', ' '.repeat(1024 * 1024 + 1)))).resolves.toMatchObject({ code: 64 });
  });
});

describe('nachweis agreement diff', () => {
  it('says in German or English what the new version changes', async () => {
    const paths = [file('old.json', example), file('new.json', { ...example, version: 2 })];
    await expect(ran('diff', ...paths)).resolves.toEqual({ out: 'Version: „2“ statt „1“.\n', err: '', code: 0 });
    await expect(ran('diff', ...paths, '--language', 'en')).resolves.toMatchObject({
      out: 'Version: "2" instead of "1".\n',
    });
  });

  it('compares an amendment with what it supersedes, and tells what its parties say of it', async () => {
    const { out, code } = await ran('diff', file('old.json', example), file('new.json', amendment));
    expect(out).toContain('Änderungen auf Deutsch: neu „Das Ausstiegsprogramm tritt bei.“.\n');
    expect(code).toBe(0);
  });

  it('says so where nothing changed', async () => {
    const path = file('old.json', example);
    await expect(ran('diff', path, path)).resolves.toEqual({ out: 'Kein Unterschied.\n', err: '', code: 0 });
  });

  it('ends with 1 where one of the two is none', async () => {
    await expect(ran('diff', file('old.json', example), file('new.json', {}))).resolves.toMatchObject({ code: 1 });
  });
});

describe('nachweis agreement render', () => {
  it('prints plain prose, in German unless asked otherwise', async () => {
    const path = file('a.json', example);
    const german = await ran('render', path);
    expect(german.out).toContain('youth-office.example darf an police.example weitergeben');
    expect(german.code).toBe(0);
    const english = await ran('render', path, '--language', 'en');
    expect(english.out).toContain('youth-office.example may pass on to police.example');
  });

  it('prints of an amendment what changed', async () => {
    const { out, code } = await ran('render', file('a.json', amendment), '--language', 'en');
    expect(out).toContain('What changed, and why: The exit programme joins.\n');
    expect(code).toBe(0);
  });

  it('ends with 64 for a language it does not speak', async () => {
    await expect(ran('render', file('a.json', example), '--language', 'fr')).resolves.toMatchObject({ code: 64 });
  });

  it('ends with 1 for what is no agreement', async () => {
    await expect(ran('render', file('a.json', { title: 'x' }))).resolves.toMatchObject({ out: '', code: 1 });
  });
});
