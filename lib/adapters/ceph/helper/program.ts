import { daemonsPy } from './daemons-py'
import { entriesPy } from './entries-py'
import { evidencePy } from './evidence-py'
import { flowsPy } from './flows-py'
import { imagesPy } from './images-py'
import { journalPy } from './journal-py'
import { mainPy } from './main-py'
import { poolImagesPy } from './pool-images-py'
import { reachPy } from './reach-py'
import { sessionPy } from './session-py'
import { statusesPy } from './statuses-py'
import { wirePy } from './wire-py'

const imports = `
import errno, hashlib, json, os, queue, re, socket, struct, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
import rados, rbd
`

/** The decoding alone, with nothing of Ceph: for tests. */
export const decodingProgram = `import errno, os, struct\n${wirePy}${entriesPy}`

/** What the mgr says of daemons, made into an answer, with nothing of Ceph: for tests. */
export const daemonsProgram = `import errno, json, os\n${daemonsPy}`

/** The part that tries addresses, with nothing of Ceph: for tests. */
export const reachProgram = `import errno, re, socket, threading, time\n${reachPy}`

/** The whole helper. Text in a module, not a .py file read at run time: web and worker are bundles. */
export const helperProgram = [
  imports,
  wirePy,
  entriesPy,
  flowsPy,
  sessionPy,
  journalPy,
  imagesPy,
  statusesPy,
  poolImagesPy,
  daemonsPy,
  evidencePy,
  reachPy,
  mainPy,
].join('\n')
