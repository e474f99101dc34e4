import { vocabulary } from '../vocabulary.js';

/** Processing operations that are logged: LED 25(1), and restriction. */
export const operation = vocabulary('operation', 1, {
  collect: { en: 'collected', de: 'erhoben', dpv: 'dpv:Collect' },
  alter: { en: 'altered', de: 'verändert', dpv: 'dpv:Alter' },
  consult: { en: 'consulted', de: 'abgefragt', dpv: 'dpv:Consult' },
  disclose: { en: 'disclosed', de: 'offengelegt', dpv: 'dpv:Disclose' },
  combine: { en: 'combined', de: 'verknüpft', dpv: 'dpv:Combine' },
  erase: { en: 'erased', de: 'gelöscht', dpv: 'dpv:Erase' },
  restrict: { en: 'restricted', de: 'eingeschränkt', dpv: 'dpv:Restrict' },
});
