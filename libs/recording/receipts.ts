import { sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { formatReceipt, noteSigner, receiptKeyName, signNote, type NoteSigner, type Receipt } from '#transparency';

const signInPool = promisify<null, Buffer, KeyObject, Buffer>(sign);

/** Signs receipts: a promise, which nobody can deny, that an entry has its place in the log. Recomputed, never stored. */
export class Receipts {
  readonly #signer: NoteSigner;

  constructor(
    readonly origin: string,
    private readonly key: KeyObject,
  ) {
    this.#signer = noteSigner(receiptKeyName(origin), key);
  }

  get verifierKey(): string {
    return this.#signer.vkey;
  }

  /** Signs in the thread pool: a batch of receipts does not hold up the requests of others. */
  async sign(receipt: Omit<Receipt, 'origin'>): Promise<string> {
    const text = formatReceipt({ ...receipt, origin: this.origin });
    const signature = await signInPool(null, Buffer.from(text), this.key);
    return signNote(text, [{ ...this.#signer, sign: () => signature }]);
  }
}
