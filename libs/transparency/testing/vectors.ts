import { readFileSync } from 'node:fs';

interface VectorKey {
  readonly name: string;
  readonly type: 1 | 4;
  readonly seed: string;
  readonly pub: string;
  readonly keyid: string;
  readonly vkey: string;
}

interface Vectors {
  readonly keys: Readonly<Record<'log' | 'w1' | 'w2' | 'agency', VectorKey>>;
  readonly merkle: {
    readonly leaf_data: readonly string[];
    readonly leaf_hash: readonly string[];
    readonly roots: readonly string[];
    readonly inclusion: readonly { readonly index: number; readonly size: number; readonly proof: readonly string[] }[];
    readonly consistency: readonly { readonly old: number; readonly new: number; readonly proof: readonly string[] }[];
  };
  readonly files: Readonly<Record<'checkpoint' | 'add_checkpoint_request' | 'tlog_proof_5_of_7', string>>;
  readonly tiles: Readonly<Record<string, string>>;
  readonly merkle300: {
    readonly root: string;
    readonly tile_1_000_p_1: string;
    readonly inclusion280: readonly string[];
    readonly consistency_7_300: readonly string[];
  };
}

const file = new URL('../../../test/vectors/transparency.json', import.meta.url);

/** Values computed with other implementations (Go sumdb, OpenSSL). */
export const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

export const fromHex = (texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text, 'hex'));
export const toHex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));
