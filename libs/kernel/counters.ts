declare const counter: unique symbol;
type Counter<Name extends string> = number & { readonly [counter]: Name };

/** Place of a leaf in a log's Merkle tree: dense, 0-based, equal to the event number in the store. */
export type LeafIndex = Counter<'leaf'>;

/** Number of leaves of a log. The same counter as {@link LeafIndex}: the size of a log is the index of its next leaf. */
export type TreeSize = Counter<'leaf'>;

/** Number of entries an exchange has so far: derived by the register, never stored in a leaf. */
export type ExchangeVersion = Counter<'exchange'>;

/** How many leaves a subscription has handled. Never called checkpoint: that word means the signed tree head. */
export type SavedPosition = Counter<'position'>;

/** Place of a record in a partition of the record stream. @public the messaging port comes with the cluster profile */
export type Offset = Counter<'offset'>;

function checked(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a counter: ${value}`);
  return value;
}

export const leafIndex = (value: number): LeafIndex => checked(value) as LeafIndex;
export const treeSize = (value: number): TreeSize => checked(value) as TreeSize;
export const exchangeVersion = (value: number): ExchangeVersion => checked(value) as ExchangeVersion;
export const savedPosition = (value: number): SavedPosition => checked(value) as SavedPosition;
/** @public */
export const offset = (value: number): Offset => checked(value) as Offset;

/** The log size a subscription has caught up with. The only bridge between the two counters. */
export const sizeAt = (position: SavedPosition): TreeSize => treeSize(position);
export const positionAt = (size: TreeSize): SavedPosition => savedPosition(size);
