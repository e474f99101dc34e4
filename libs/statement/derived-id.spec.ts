import { createHash } from 'node:crypto';
import { isUuid } from '#kernel';
import { derivedId } from './derived-id.js';

describe('a derived id', () => {
  it('is a UUID of version 8 from the SHA-256 of its texts', () => {
    const digest = createHash('sha256').update('["system","AuditEvent/1"]').digest('hex');
    const id = derivedId('system', 'AuditEvent/1');
    expect(isUuid(id)).toBe(true);
    expect(id.slice(0, 8)).toBe(digest.slice(0, 8));
    expect(id[14]).toBe('8');
    expect(derivedId('system', 'AuditEvent/1')).toBe(id);
  });

  it('differs wherever the bounds between its texts lie', () => {
    const ids = [derivedId('a', 'bc'), derivedId('ab', 'c'), derivedId('abc'), derivedId('a', 'b', 'c')];
    expect(new Set([...ids, derivedId('a","b', 'c')]).size).toBe(5);
  });
});
