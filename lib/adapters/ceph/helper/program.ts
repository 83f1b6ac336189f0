import { entriesPy } from './entries-py'
import { flowsPy } from './flows-py'
import { imagesPy } from './images-py'
import { journalPy } from './journal-py'
import { mainPy } from './main-py'
import { sessionPy } from './session-py'
import { statusesPy } from './statuses-py'
import { wirePy } from './wire-py'

const imports = `
import errno, json, os, queue, struct, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
import rados, rbd
`

/** The decoding alone, with nothing of Ceph: for tests. */
export const decodingProgram = `import errno, os, struct\n${wirePy}${entriesPy}`

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
  mainPy,
].join('\n')
