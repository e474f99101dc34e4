import { Memory, MemoryEventStore } from '#event-store/memory';
import { eventStoreContract } from '../testing/contract.js';

eventStoreContract('in memory', async () => {
  const memory = new Memory();
  const store = new MemoryEventStore(memory);
  return { store, reopen: async () => new MemoryEventStore(memory), close: async () => store.close() };
});
