import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Fault } from '#kernel';
import type { JsonValue } from '#statement';
import { exitCodes } from './exit-codes.js';
import { WrongUse } from './wrong-use.js';

const help = `
A publication is a text file: what one network hands to others, signed with its key (a C2SP signed note).
  it is sound and signed by the key     exit code 0
  it was changed, is signed by somebody else, or holds what no ledger would take   exit code 1
Wrong use: 64.`;

const faulty = 1;

interface Signing {
  readonly kind: string;
  readonly name: string;
  readonly keyFile: string;
}
interface Trust {
  readonly key: string;
}
interface Adopting extends Trust {
  readonly party: readonly string[];
  readonly name?: string;
}

/** `nachweis publication`: hands agreements, rule packs and practices from one network to another. */
export function registerPublication(program: Command): void {
  const publication = program
    .command('publication')
    .description('sign, check and adopt agreements, rule packs and practices of other networks')
    .addHelpText('after', help);
  publication
    .command('key')
    .description('make a signing key; print the verifier key to hand out')
    .argument('<file>', 'where to write the key; it must not exist')
    .requiredOption('--name <name>', 'the network that answers for what it signs, like network.example')
    .action((file: string, { name }: Signing, command: Command) => run(command, () => makeKey(file, name)));
  publication
    .command('sign')
    .description('sign a file for others; prints the publication')
    .argument('<file>', 'an agreement, a rule pack or a practice, as JSON')
    .requiredOption('--kind <kind>', 'agreement, rule-pack or practice')
    .requiredOption('--name <name>', 'the name of the key')
    .requiredOption('--key-file <file>', 'the signing key')
    .action((file: string, options: Signing, command: Command) => run(command, () => signFile(file, options)));
  publication
    .command('check')
    .description('say who signed a publication and what it is')
    .argument('<file>', 'the publication')
    .requiredOption('--key <key>', "the publisher's verifier key, had by another way")
    .action((file: string, options: Trust, command: Command) => run(command, () => check(file, options)));
  publication
    .command('adopt')
    .description('print it as data to record here, once it is known to be sound')
    .argument('<file>', 'the publication')
    .requiredOption('--key <key>', "the publisher's verifier key, had by another way")
    .option(
      '--party <theirs=ours>',
      'a body here in place of one there; can be repeated',
      (one, all) => [...all, one],
      [] as readonly string[],
    )
    .option('--name <name>', 'what the agreement is called here')
    .action((file: string, options: Adopting, command: Command) => run(command, () => adopt(file, options)));
}

async function makeKey(file: string, name: string): Promise<void> {
  const { noteSigner } = await import('#transparency');
  const { privateKey } = generateKeyPairSync('ed25519');
  const { vkey } = noteSigner(name, privateKey);
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  print(vkey);
}

async function signFile(file: string, { kind, name, keyFile }: Signing): Promise<void> {
  const { noteSigner } = await import('#transparency');
  const { isPublicationKind, publish } = await import('./publication/publication.js');
  if (!isPublicationKind(kind)) throw new WrongUse('--kind is agreement, rule-pack or practice');
  const signer = noteSigner(name, privateKeyFrom(await readFile(keyFile, 'utf8'), keyFile));
  process.stdout.write(publish(kind, await jsonFrom(file), signer));
}

async function check(file: string, trust: Trust): Promise<void> {
  const { publisher, kind, content } = await opened(file, trust);
  const title = content['title'] ?? content['pack'];
  print(`${publisher} published this ${kind}: ${typeof title === 'string' ? title : ''}`);
}

async function adopt(file: string, { party, name, ...trust }: Adopting): Promise<void> {
  const { adopted } = await import('./publication/adopted.js');
  const parties = new Map(party.map(partyOf));
  const publication = await opened(file, trust);
  const data = adopted(publication, { parties, ...(name !== undefined && { name }) });
  print(JSON.stringify(data, undefined, 2));
  if (publication.kind === 'rule-pack') process.stderr.write(`${packIsTheirs}\n`);
}

/** A ledger takes only a number above those it knows of the pack: which that is, this command cannot know. */
const packIsTheirs =
  'version and validFrom are those of the publisher: set the next number of the pack in this network, and from which day on it is valid here, before you record it';

function partyOf(given: string): readonly [string, string] {
  const [theirs, ours, ...rest] = given.split('=');
  if (!theirs || !ours || rest.length > 0) throw new WrongUse('--party takes the form theirs=ours');
  return [theirs, ours];
}

async function opened(file: string, { key }: Trust) {
  const { openPublication } = await import('./publication/publication.js');
  return openPublication(await readFile(file, 'utf8'), [await verifierFrom(key)]);
}

async function verifierFrom(key: string) {
  const { verifierKey } = await import('#transparency');
  try {
    return verifierKey(key.trim());
  } catch (cause) {
    throw new WrongUse('--key is no verifier key', { cause });
  }
}

function privateKeyFrom(pem: string, file: string) {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new WrongUse(`${file} holds no key`, { cause });
  }
}

async function jsonFrom(file: string): Promise<JsonValue> {
  const { parseStrict } = await import('#platform');
  return parseStrict(await readFile(file));
}

async function run(command: Command, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (isWrongUse(error)) {
      command.error(`nachweis publication ${command.name()}: ${error.message}`, { exitCode: exitCodes.wrongUse });
    }
    if (!(error instanceof Error) || !unsound.has(error.name)) throw error;
    process.stderr.write(`nachweis publication ${command.name()}: ${error.message}\n`);
    const faults = 'faults' in error ? (error.faults as readonly Fault[]) : [];
    for (const { pointer, detail } of faults) process.stderr.write(`  ${pointer || '/'}: ${detail}\n`);
    process.exitCode = faulty;
  }
}

/** What the file itself has wrong. */
const unsound: ReadonlySet<string> = new Set(['DomainError', 'InvalidNote', 'InvalidPublication']);
const unusable: readonly unknown[] = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EEXIST'];

/** What the caller asked for, or a file that is not there, or is there already. */
const isWrongUse = (error: unknown): error is { readonly message: string } =>
  error instanceof WrongUse ||
  error instanceof RangeError ||
  (typeof error === 'object' && error !== null && 'code' in error && unusable.includes(error.code));

const print = (line: string): void => void process.stdout.write(`${line}\n`);
