import type { KeyObject } from 'node:crypto';
import { formatReceipt, noteSigner, signNote, type NoteSigner, type Receipt } from '#transparency';

/** Signs receipts: a promise, which nobody can deny, that an entry has its place in the log. Recomputed, never stored. */
export class Receipts {
  readonly #signer: NoteSigner;

  constructor(
    readonly origin: string,
    key: KeyObject,
  ) {
    this.#signer = noteSigner(`${origin}/receipt`, key);
  }

  get verifierKey(): string {
    return this.#signer.vkey;
  }

  async sign(receipt: Omit<Receipt, 'origin'>): Promise<string> {
    return signNote(formatReceipt({ ...receipt, origin: this.origin }), [this.#signer]);
  }
}
