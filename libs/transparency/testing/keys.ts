import { instantAt } from '#kernel';
import { ed25519FromSeed } from '../ed25519.js';
import { verifierKey } from '../note-key.js';
import { cosigner, noteSigner } from '../note-signer.js';
import { vectors } from './vectors.js';

const privateKey = (seed: string) => ed25519FromSeed(Buffer.from(seed, 'hex'));

export const { log, w1, w2, agency } = vectors.keys;
export const origin = log.name;
export const logKey = verifierKey(log.vkey);
export const witnessKeys = [verifierKey(w1.vkey), verifierKey(w2.vkey)];
export const agencyKey = verifierKey(agency.vkey);

export const logSigner = noteSigner(origin, privateKey(log.seed));
export const agencySigner = noteSigner(agency.name, privateKey(agency.seed));
export const receiptSigner = noteSigner(`${origin}/receipt`, privateKey(agency.seed));
const clockAt = (seconds: number) => ({ now: () => instantAt(seconds * 1000) });
export const witnesses = [
  cosigner(w1.name, privateKey(w1.seed), clockAt(1767225600)),
  cosigner(w2.name, privateKey(w2.seed), clockAt(1767225601)),
];
