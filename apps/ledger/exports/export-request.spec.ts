import type { DomainError } from '#kernel';
import { exportRequest } from './export-request.js';

const search = '0195a6f0-0001-7000-8000-000000000001';

test('an export is of each agency once: one that is named twice would be counted twice, and answer under no law of its own', () => {
  const order = (...agencies: readonly string[]) => exportRequest({ profile: 'X5', search, agencies: [...agencies] });
  expect(order('police.example').agencies).toEqual(['police.example']);
  expect(() => order('police.example', 'police.example')).toThrow(
    expect.objectContaining<Partial<DomainError>>({
      code: 'invalid-body',
      faults: [{ pointer: '/agencies', detail: 'expected 1 to 100 agency ids, each once' }],
    }),
  );
});
