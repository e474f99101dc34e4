import { acc01 } from './by-id/acc-01.js';
import { acc02 } from './by-id/acc-02.js';
import { agr01 } from './by-id/agr-01.js';
import { agr02 } from './by-id/agr-02.js';
import { aut01 } from './by-id/aut-01.js';
import { bre01 } from './by-id/bre-01.js';
import { bre02 } from './by-id/bre-02.js';
import { bre03 } from './by-id/bre-03.js';
import { chd01 } from './by-id/chd-01.js';
import { cnf01 } from './by-id/cnf-01.js';
import { cnf02 } from './by-id/cnf-02.js';
import { cnf03 } from './by-id/cnf-03.js';
import { cnf04 } from './by-id/cnf-04.js';
import { con01 } from './by-id/con-01.js';
import { con02 } from './by-id/con-02.js';
import { dec01 } from './by-id/dec-01.js';
import { dec02 } from './by-id/dec-02.js';
import { dec03 } from './by-id/dec-03.js';
import { dec04 } from './by-id/dec-04.js';
import { dsr01 } from './by-id/dsr-01.js';
import { dsr02 } from './by-id/dsr-02.js';
import { dsr03 } from './by-id/dsr-03.js';
import { dsr04 } from './by-id/dsr-04.js';
import { dsr05 } from './by-id/dsr-05.js';
import { fbk01 } from './by-id/fbk-01.js';
import { inf01 } from './by-id/inf-01.js';
import { inf02 } from './by-id/inf-02.js';
import { int01 } from './by-id/int-01.js';
import { int02 } from './by-id/int-02.js';
import { int03 } from './by-id/int-03.js';
import { law01 } from './by-id/law-01.js';
import { law02 } from './by-id/law-02.js';
import { law03 } from './by-id/law-03.js';
import { law04 } from './by-id/law-04.js';
import { law05 } from './by-id/law-05.js';
import { law06 } from './by-id/law-06.js';
import { log01 } from './by-id/log-01.js';
import { log02 } from './by-id/log-02.js';
import { log03 } from './by-id/log-03.js';
import { log04 } from './by-id/log-04.js';
import { log05 } from './by-id/log-05.js';
import { mrk01 } from './by-id/mrk-01.js';
import { nec01 } from './by-id/nec-01.js';
import { nec02 } from './by-id/nec-02.js';
import { ovs01 } from './by-id/ovs-01.js';
import { ovs02 } from './by-id/ovs-02.js';
import { pur01 } from './by-id/pur-01.js';
import { pur02 } from './by-id/pur-02.js';
import { qua01 } from './by-id/qua-01.js';
import { qua02 } from './by-id/qua-02.js';
import { qua03 } from './by-id/qua-03.js';
import { req01 } from './by-id/req-01.js';
import { req02 } from './by-id/req-02.js';
import { ret01 } from './by-id/ret-01.js';
import { ret02 } from './by-id/ret-02.js';
import { ret03 } from './by-id/ret-03.js';
import { ret04 } from './by-id/ret-04.js';
import { sec01 } from './by-id/sec-01.js';
import { sec02 } from './by-id/sec-02.js';
import { sec03 } from './by-id/sec-03.js';
import { soc01 } from './by-id/soc-01.js';
import { soc02 } from './by-id/soc-02.js';
import { soc03 } from './by-id/soc-03.js';
import { spc01 } from './by-id/spc-01.js';
import { spc02 } from './by-id/spc-02.js';
import { trf01 } from './by-id/trf-01.js';
import { trf02 } from './by-id/trf-02.js';
import { trf03 } from './by-id/trf-03.js';
import type { Rule } from './rule.js';

/** Every rule, in the order of the catalogue of rules. A new rule is its file and a line here. */
export const everyRule: readonly Rule[] = [
  log01,
  log02,
  log03,
  log04,
  log05,
  law01,
  law02,
  law03,
  law04,
  law05,
  law06,
  pur01,
  pur02,
  nec01,
  nec02,
  spc01,
  spc02,
  sec01,
  sec02,
  sec03,
  soc01,
  soc02,
  soc03,
  mrk01,
  chd01,
  qua01,
  qua02,
  qua03,
  con01,
  con02,
  req01,
  req02,
  dec01,
  dec02,
  dec03,
  dec04,
  aut01,
  cnf01,
  cnf02,
  cnf03,
  cnf04,
  fbk01,
  inf01,
  inf02,
  dsr01,
  dsr02,
  dsr03,
  dsr04,
  dsr05,
  bre01,
  bre02,
  bre03,
  trf01,
  trf02,
  trf03,
  agr01,
  agr02,
  ret01,
  ret02,
  ret03,
  ret04,
  acc01,
  acc02,
  int01,
  int02,
  int03,
  ovs01,
  ovs02,
];
