import { SqliteVault } from '#vault/sqlite';
import { rmSync, mkdirSync, statSync } from 'node:fs';
import { sealedEntry } from '../testing/sealed-entry.js';
it('bench', async () => {
  rmSync('/tmp/v-bench', { recursive: true, force: true }); mkdirSync('/tmp/v-bench');
  const s = SqliteVault.open({directory: '/tmp/v-bench', keyFile: '/tmp/v-bench/k'});
  let n = 0; const times: number[] = [];
  const N = Number(process.env['NB'] ?? 60);
  for (let i = 0; i < N; i++) {
    const batch = Array.from({length: 400}, () => { n++; return sealedEntry(n, { blocks: ['terms','people','told','staff','reasons'], value: { x: 'y'.repeat(150) }, index: [{kind:'case',value: 'c'+(n%5000)},{kind:'subject',value:'s'+(n*7919%10007)}] }); });
    const t = performance.now(); await s.store(batch); times.push(performance.now() - t);
  }
  const avg = (a: number[]) => a.reduce((x, y) => x + y, 0) / a.length;
  const ids = Array.from({length: 400}, (_, i) => sealedEntry(i + 1, {blocks: []}).id);
  const t2 = performance.now(); await s.open(ids); const o = performance.now() - t2;
  console.log('store first10', avg(times.slice(0, 10)), 'last10', avg(times.slice(-10)), 'max', Math.max(...times), 'open400', o, 'MB', statSync('/tmp/v-bench/vault.sqlite').size / 1e6, statSync('/tmp/v-bench/keys.sqlite').size/1e6);
  const t4 = performance.now(); await s.store([sealedEntry(9999999)]); const one = performance.now() - t4;
  const t3 = performance.now(); await s.destroy({entry: ids[5]!}); console.log('one', one, 'destroy', performance.now() - t3);
  await s.close();
}, 600000);
