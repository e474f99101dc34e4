import { instantAt, isAgencyId, isInstant, isUuid, leafIndex, treeSize } from '#kernel';

describe('an instant', () => {
  it.each(['2026-11-22T10:00:00.123Z', '2024-02-29T23:59:59.999Z'])('accepts %s', (text) => {
    expect(isInstant(text)).toBe(true);
  });

  it.each([
    '2026-02-30T10:00:00.000Z',
    '2025-02-29T10:00:00.000Z',
    '2026-11-22T10:00:60.000Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22T10:00:00Z',
    '2026-11-22T10:00:00.123+01:00',
    '2026-11-22T10:00:00.1234Z',
    '+002026-11-22T10:00:00.123Z',
    20261122,
  ])('refuses %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it('beyond the year 9999 is the end of that year, and no earlier than any other', () => {
    const end = '9999-12-31T23:59:59.999Z';
    expect(instantAt(Date.parse(end))).toBe(end);
    expect(instantAt(Date.parse(end) + 1)).toBe(end);
  });
});

describe('ids', () => {
  it('are lower case and of one form', () => {
    expect(isUuid('0192f0c1-7b1a-7c3d-8e4f-0123456789ab')).toBe(true);
    expect(isUuid('0192F0C1-7B1A-7C3D-8E4F-0123456789AB')).toBe(false);
    expect(isAgencyId('lka.example')).toBe(true);
    expect(isAgencyId('LKA')).toBe(false);
    expect(isAgencyId('')).toBe(false);
  });
});

describe('counters', () => {
  it('refuse what cannot be counted and go beyond 2^31', () => {
    expect(leafIndex(2 ** 40)).toBe(2 ** 40);
    expect(() => leafIndex(-1)).toThrow(RangeError);
    expect(() => treeSize(2 ** 53)).toThrow(RangeError);
    expect(() => treeSize(0.5)).toThrow(RangeError);
  });
});
