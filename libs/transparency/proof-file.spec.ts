import { leafIndex, treeSize } from '#kernel';
import {
  consistencyProof,
  formatConsistency,
  formatTlogProof,
  inclusionProof,
  InvalidNote,
  InvalidProof,
  leafHash,
  openCheckpoint,
  parseConsistency,
  parseTlogProof,
  verifyConsistency,
  verifyTlogProof,
} from '#transparency';
import { agencyKey, logKey, origin, witnessKeys } from './testing/keys.js';
import { NaiveTree } from './testing/naive-tree.js';
import { vectors } from './testing/vectors.js';

const file = vectors.files.tlog_proof_5_of_7;
const request = vectors.files.add_checkpoint_request;
const tree = new NaiveTree(vectors.merkle.leaf_data.map((data) => Buffer.from(data)));
const leaf = leafHash(Buffer.from('entry-5'));
const size = treeSize(7);

describe('a tlog-proof', () => {
  it('is written and read as by other implementations', () => {
    const proof = inclusionProof(leafIndex(5), size, tree);
    expect(formatTlogProof({ index: leafIndex(5), proof, checkpoint: vectors.files.checkpoint })).toBe(file);
    expect(parseTlogProof(file)).toEqual({ index: 5, proof, checkpoint: vectors.files.checkpoint });
  });

  it('shows its leaf at its place in the log', () => {
    const { index, head } = verifyTlogProof(file, leaf, [logKey, ...witnessKeys], origin);
    expect([index, head.size, head.root.toString('hex')]).toEqual([5, 7, vectors.merkle.roots[7]]);
  });

  it('shows no other leaf, no other place, and nothing under another key', () => {
    expect(() => verifyTlogProof(file, leafHash(Buffer.from('entry-4')), [logKey], origin)).toThrow(InvalidProof);
    expect(() => verifyTlogProof(file.replace('index 5', 'index 4'), leaf, [logKey], origin)).toThrow(InvalidProof);
    expect(() => verifyTlogProof(file, leaf, [agencyKey], origin)).toThrow(InvalidNote);
    expect(() => verifyTlogProof(file, leaf, [logKey], 'other.example')).toThrow(InvalidNote);
  });

  it('may carry an extra line that nothing vouches for', () => {
    const extra = Buffer.from('hint');
    const withExtra = file.replace('index', `extra ${extra.toString('base64')}\nindex`);
    expect(parseTlogProof(withExtra).extra).toEqual(extra);
    expect(formatTlogProof(parseTlogProof(withExtra))).toBe(withExtra);
    expect(verifyTlogProof(withExtra, leaf, [logKey], origin).index).toBe(5);
  });

  it.each([
    ['another version', file.replace('@v1', '@v2')],
    ['no first line', file.slice(file.indexOf('\n') + 1)],
    ['no index', file.replace('index 5\n', '')],
    ['a leading zero', file.replace('index 5', 'index 05')],
    ['a negative index', file.replace('index 5', 'index -5')],
    ['an index no counter holds', file.replace('index 5', 'index 9007199254740992')],
    ['two extra lines', file.replace('index', 'extra AAAA\nextra AAAA\nindex')],
    ['an extra line after the index', file.replace('index 5', 'index 5\nextra AAAA')],
    ['an extra that is no base64', file.replace('index', 'extra AAA\nindex')],
    ['a short hash', file.replace('index 5\n', 'index 5\nAAAA\n')],
    ['an unpadded hash', file.replace('Htc=', 'Htc')],
    ['a carriage return', file.replace('index 5', 'index 5\r')],
    ['64 hashes', file.replace('index 5\n', `index 5\n${`${leaf.toString('base64')}\n`.repeat(61)}`)],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 2)],
    ['nothing', ''],
  ])('is refused with %s', (_, broken) => {
    expect(() => parseTlogProof(broken)).toThrow(InvalidProof);
  });

  it('fails with any bit flipped outside the lines of the witnesses', () => {
    const bytes = Buffer.from(file);
    const border = bytes.indexOf('\u2014 agency-a');
    const accepted: number[] = [];
    for (let bit = 0; bit < border * 8; bit += 1) {
      const place = Math.floor(bit / 8);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << (bit % 8)), place);
      try {
        verifyTlogProof(flipped.toString(), leaf, [logKey], origin);
        accepted.push(bit);
      } catch (error) {
        if (!(error instanceof InvalidProof || error instanceof InvalidNote)) throw error;
      }
    }
    expect(accepted).toEqual([]);
  });
});

describe('a consistency file', () => {
  it('is the add-checkpoint request of other implementations', () => {
    const proof = consistencyProof(treeSize(3), size, tree);
    const checkpoint = request.slice(request.indexOf('\n\n') + 2);
    expect(formatConsistency({ old: treeSize(3), proof, checkpoint })).toBe(request);
    expect(parseConsistency(request)).toEqual({ old: 3, proof, checkpoint });
  });

  it('carries what shows that the log only grew', () => {
    const { old, proof, checkpoint } = parseConsistency(request);
    const head = openCheckpoint(checkpoint, [logKey], origin);
    verifyConsistency(old, head.size, tree.root(0, 3), head.root, proof);
    expect(() => verifyConsistency(old, head.size, tree.root(0, 2), head.root, proof)).toThrow(InvalidProof);
  });

  it('needs no hashes from the empty tree', () => {
    const { checkpoint } = parseConsistency(request);
    const text = formatConsistency({ old: treeSize(0), proof: [], checkpoint });
    expect(text.startsWith(`old 0\n\n${origin}\n`)).toBe(true);
    expect(parseConsistency(text)).toEqual({ old: 0, proof: [], checkpoint });
  });

  it.each([
    ['a leading zero', request.replace('old 3', 'old 03')],
    ['no size', request.replace('old 3', 'old')],
    ['another word', request.replace('old 3', 'new 3')],
    ['two spaces', request.replace('old 3', 'old  3')],
    ['a line before', `\n${request}`],
    ['a hash that is none', request.replace('old 3\n', 'old 3\nAAAA\n')],
    ['64 hashes', request.replace('old 3\n', `old 3\n${`${leaf.toString('base64')}\n`.repeat(60)}`)],
    ['no checkpoint', request.slice(0, request.indexOf('\n\n') + 2)],
    ['nothing', ''],
  ])('is refused with %s', (_, broken) => {
    expect(() => parseConsistency(broken)).toThrow(InvalidProof);
  });
});
