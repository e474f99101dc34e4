import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import {
  ed25519FromSeed,
  ed25519Public,
  ed25519Raw,
  InvalidNote,
  keyTypes,
  noteSigner,
  type NoteSigner,
  openNote,
  signatureLine,
  signNote,
  verifierKey,
  verifierKeyOf,
} from '#transparency';
import {
  agency,
  agencyKey,
  agencySigner,
  log,
  logKey,
  logSigner,
  w1,
  w2,
  witnesses,
  witnessKeys,
} from './testing/keys.js';
import { vectors } from './testing/vectors.js';

const text = 'Beschluss vom 22. November\n\nmit leerer Zeile\n';
const note = signNote(text, [logSigner]);
const everyKey = [logKey, ...witnessKeys, agencyKey];

describe('a verifier key', () => {
  it.each([log, w1, w2, agency])(
    'of $name is that of other implementations',
    ({ name, seed, pub, type, keyid, vkey }) => {
      const key = verifierKey(vkey);
      expect(key).toMatchObject({ name, type, keyId: keyid, vkey });
      expect(ed25519Raw(key.publicKey).toString('hex')).toBe(pub);
      const secret = ed25519FromSeed(Buffer.from(seed, 'hex'));
      expect(verifierKeyOf(name, secret, type)).toBe(vkey);
      expect(verifierKeyOf(name, ed25519Public(Buffer.from(pub, 'hex')), type)).toBe(vkey);
    },
  );

  it.each([
    ['nothing', ''],
    ['no name', log.vkey.slice(log.name.length)],
    ['a space in the name', log.vkey.replace('/', ' ')],
    ['a line feed in the name', log.vkey.replace('/', '\n')],
    ['another name', log.vkey.replace('ledger', 'Ledger')],
    ['another key id', log.vkey.replace('7b106102', '7b106103')],
    ['an upper-case key id', w1.vkey.replace('d535cf99', 'D535CF99')],
    ['the key id of the other type', w1.vkey.replace('d535cf99', '2c3ca499')],
    ['loose base64', `${w1.vkey}=`],
    ['a line feed at its end', `${log.vkey}\n`],
    ['a private key', `PRIVATE+KEY+${log.vkey}`],
    ['a type we cannot check', log.vkey.replace('AQOh', 'AgOh')],
    ['a short key', log.vkey.slice(0, -4)],
  ])('is refused with %s', (_, vkey) => {
    expect(() => verifierKey(vkey)).toThrow(InvalidNote);
  });

  it('is refused with a key of another length, even under the key id that belongs to it', () => {
    for (const length of [0, 31, 33]) {
      const typed = Buffer.concat([Buffer.of(1), Buffer.alloc(length, 5)]);
      const keyId = createHash('sha256').update('a.example\n').update(typed).digest('hex').slice(0, 8);
      expect(() => verifierKey(`a.example+${keyId}+${typed.toString('base64')}`)).toThrow(InvalidNote);
    }
  });

  it('is made of Ed25519 keys and fit names only', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => verifierKeyOf('a', publicKey)).toThrow(RangeError);
    expect(() => ed25519FromSeed(Buffer.alloc(31))).toThrow(RangeError);
    expect(() => ed25519Public(Buffer.alloc(33))).toThrow(RangeError);
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085b', 'a\u2028b', 'a\nb', '\ud800']) {
      expect(() => verifierKeyOf(name, logKey.publicKey)).toThrow(InvalidNote);
    }
  });
});

describe('a signed note', () => {
  it('is signed as by other implementations, cosignatures included', () => {
    const checkpoint = vectors.files.checkpoint;
    const body = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
    expect(signNote(body, [logSigner, ...witnesses])).toBe(checkpoint);
    expect(signNote(body, [logSigner]) + witnesses.map((each) => signatureLine(body, each)).join('')).toBe(checkpoint);
  });

  it('opens with the text and the signatures that were checked', () => {
    expect(openNote(vectors.files.checkpoint, everyKey).signatures).toEqual([
      { name: log.name, keyId: log.keyid, type: keyTypes.ed25519 },
      { name: w1.name, keyId: w1.keyid, type: keyTypes.cosignature, time: 1767225600 },
      { name: w2.name, keyId: w2.keyid, type: keyTypes.cosignature, time: 1767225601 },
    ]);
    expect(openNote(note, [logKey])).toEqual({
      text,
      signatures: [{ name: log.name, keyId: log.keyid, type: keyTypes.ed25519 }],
    });
  });

  it.each(['\n', '\n\n', 'a\n\n\n', '\u2014 a AAAA\n', 'x\n\n\u2014 ledger AAAAAAAA\n'])(
    'carries the text %j',
    (odd) => {
      expect(openNote(signNote(odd, [logSigner]), [logKey]).text).toBe(odd);
    },
  );

  it('opens from its bytes as well, but from UTF-8 only', () => {
    expect(openNote(Buffer.from(note), [logKey]).text).toBe(text);
    const broken = Buffer.concat([
      Buffer.from(note),
      Buffer.from('\u2014 b'),
      Buffer.of(0xff),
      Buffer.from(' AAAAAAAA\n'),
    ]);
    expect(() => openNote(broken, [logKey])).toThrow(InvalidNote);
    expect(() => openNote(Buffer.concat([Buffer.from('\ufeff'), Buffer.from(note)]), [logKey])).toThrow(InvalidNote);
  });

  it('ignores whoever is unknown, even under a known name or a known key id', () => {
    const stranger = ed25519FromSeed(Buffer.alloc(32, 9));
    const namesake = noteSigner(log.name, stranger);
    const idThief: NoteSigner = { ...noteSigner('thief.example', stranger), keyId: log.keyid };
    const signed = signNote(text, [namesake, idThief, agencySigner, logSigner]);
    expect(openNote(signed, [logKey]).signatures).toHaveLength(1);
    expect(() => openNote(signNote(text, [namesake, idThief, agencySigner]), [logKey])).toThrow('no known key');
    expect(() => openNote(note, [])).toThrow('no known key');
  });

  it('is rejected whole for one bad signature of a known key', () => {
    const forger: NoteSigner = { ...agencySigner, sign: (body) => logSigner.sign(body) };
    const signed = signNote(text, [logSigner, forger]);
    expect(() => openNote(signed, everyKey)).toThrow(InvalidNote);
    expect(openNote(signed, [logKey]).signatures).toHaveLength(1);
  });

  it('counts one key once', () => {
    const signed = signNote(text, [logSigner, logSigner]);
    expect(openNote(signed, everyKey).signatures).toHaveLength(1);
    const forger: NoteSigner = { ...logSigner, sign: (body) => agencySigner.sign(body) };
    expect(openNote(signNote(text, [logSigner, forger]), everyKey).signatures).toHaveLength(1);
    expect(() => openNote(signNote(text, [forger, logSigner]), everyKey)).toThrow(InvalidNote);
  });

  it('refuses two different keys under one name and key id', () => {
    const other = { ...logKey, vkey: agency.vkey, publicKey: agencyKey.publicKey };
    expect(() => openNote(note, [logKey, other])).toThrow('two keys');
    expect(openNote(note, [logKey, logKey]).text).toBe(text);
  });

  it('takes a cosignature for nothing but a cosignature', () => {
    const [witness] = witnesses;
    if (witness === undefined) throw new Error('no witness');
    const seed = ed25519FromSeed(Buffer.from(w1.seed, 'hex'));
    const plain: NoteSigner = { ...witness, sign: (body) => sign(null, Buffer.from(body), seed) };
    const untimed: NoteSigner = { ...witness, sign: (body) => Buffer.concat([Buffer.alloc(8), plain.sign(body)]) };
    const cut: NoteSigner = { ...witness, sign: () => Buffer.alloc(7) };
    const longer: NoteSigner = { ...witness, sign: (body) => Buffer.concat([witness.sign(body), Buffer.of(0)]) };
    const tooLate: NoteSigner = {
      ...witness,
      sign: (body) =>
        Buffer.concat([
          Buffer.from('0020000000000000', 'hex'),
          sign(null, Buffer.from(`cosignature/v1\ntime 9007199254740992\n${body}`), seed),
        ]),
    };
    for (const forged of [plain, untimed, cut, longer, tooLate]) {
      expect(() => openNote(signNote(text, [logSigner, forged]), everyKey)).toThrow(InvalidNote);
    }
    const backdated: NoteSigner = {
      ...witness,
      sign(body) {
        const signature = witness.sign(body);
        signature.writeBigUInt64BE(1n);
        return signature;
      },
    };
    expect(() => openNote(signNote(text, [logSigner, backdated]), everyKey)).toThrow(InvalidNote);
  });

  it.each([
    ['without signatures', text],
    ['without an empty line', note.replace('\n\n\u2014', '\n\u2014').replace('\n\n', '\n')],
    ['without its last line feed', note.slice(0, -1)],
    ['with an empty line at its end', `${note}\n`],
    ['with a carriage return', note.replace('\n', '\r\n')],
    ['with a tab', note.replace(' vom', '\tvom')],
    ['with a NUL in a signature line', `${note}\u2014 a\0b AAAAAAAA\n`],
    ['with a lone surrogate', `${note}\u2014 a\ud800b AAAAAAAA\n`],
    ['with a hyphen for the dash', note.replace('\u2014', '-')],
    ['with two spaces', note.replace('\u2014 ', '\u2014  ')],
    ['with a line that is no signature', `${note}hello\n`],
    ['with a plus in a name', `${note}\u2014 a+b AAAAAAAA\n`],
    ['with a wide space in a name', `${note}\u2014 a\u3000b AAAAAAAA\n`],
    ['with a signature of four bytes', `${note}\u2014 ab AAAAAA==\n`],
    ['with unpadded base64', `${note}\u2014 ab AAAAAAA\n`],
    ['with base64 of the URL alphabet', `${note}\u2014 ab AAAAAA-_\n`],
    ['with stray bits in the base64', `${note}\u2014 ab AAAAAAB=\n`],
    ['with text after the signature', note.replace(/\n$/, ' \n')],
    ['that is empty', ''],
  ])('%s is none', (_, broken) => {
    expect(() => openNote(broken, everyKey)).toThrow(InvalidNote);
  });

  it('holds up to 100 signatures and 64 KiB', () => {
    const line = '\u2014 unknown.example AAAAAAAA\n';
    expect(openNote(note + line.repeat(99), [logKey]).signatures).toHaveLength(1);
    expect(() => openNote(note + line.repeat(100), [logKey])).toThrow('more than 100');
    expect(() => openNote(signNote(`${'a'.repeat(65_536)}\n`, [logSigner]), [logKey])).toThrow('64 KiB');
  });

  it('holds nothing but text, even when its signature is good', () => {
    for (const odd of ['tab\t\n', 'return\r\n', 'nul\0\n', 'escape\u001b[2J\n', 'half \ud800\n']) {
      expect(() => openNote(`${odd}\n${signatureLine(odd, logSigner)}`, [logKey])).toThrow(InvalidNote);
    }
    const fine = 'Müller \u{1f512} \u007f\n';
    expect(openNote(signNote(fine, [logSigner]), [logKey]).text).toBe(fine);
  });

  it('is not signed when it could not be opened', () => {
    for (const odd of ['', 'no line feed', 'tab\t\n', 'return\r\n', '\ud800\n', 'nul\0\n']) {
      expect(() => signNote(odd, [logSigner])).toThrow(InvalidNote);
    }
    expect(() => signNote(text, [])).toThrow(InvalidNote);
  });
});
