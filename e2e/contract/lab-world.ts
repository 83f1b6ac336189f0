import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { localChannel } from '@/lib/adapters/ceph/local-channel'
import { type ImageSpec, specText } from '@/lib/domain/words'
import type { ContractWorld, Side } from './world'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const labDir = resolve(process.env.LAB_DIR ?? join(root, 'e2e/lab/state'))
const POOL = 'volumes'
const SPARE = 'vms'
const BARE = 'contract-bare'
const PREFIX = 'contract'
const siteOf = { a: 'site-a', b: 'site-b' } as const

async function lab(...verb: string[]): Promise<void> {
  await run('bash', [join(root, 'e2e/lab/lab'), ...verb], { maxBuffer: 1 << 26 })
}

async function rbd(side: Side, ...argv: string[]): Promise<string> {
  const { stdout } = await run('rbd', ['-c', join(labDir, `${siteOf[side]}.conf`), ...argv], { maxBuffer: 1 << 28 })
  return stdout
}

async function ceph(side: Side, ...argv: string[]): Promise<void> {
  await run('ceph', ['-c', join(labDir, `${siteOf[side]}.conf`), ...argv])
}

/** The bare pool, anew: what an earlier run left in it is gone. */
async function barePools(now: 'made' | 'gone'): Promise<void> {
  for (const side of ['a', 'b'] as const) {
    await ceph(side, 'osd', 'pool', 'rm', BARE, BARE, '--yes-i-really-really-mean-it')
    if (now === 'gone') continue
    await ceph(side, 'osd', 'pool', 'create', BARE, '4', '4')
    await ceph(side, 'osd', 'pool', 'application', 'enable', BARE, 'rbd')
  }
}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** The two real clusters of `npm run lab:up`, in LAB_DIR or beside the lab. Sets the lab back before and after. */
export async function labWorld(): Promise<ContractWorld> {
  if (!existsSync(join(labDir, 'site-b.conf'))) throw new Error('No lab: start one with npm run lab:up.')
  const attempts = mkdtempSync(join(tmpdir(), 'antipode-contract-'))
  const channel = (side: Side) =>
    localChannel(
      { name: siteOf[side], conf: join(labDir, `${siteOf[side]}.conf`), user: 'admin', exec: [] },
      { attempts },
    )
  const [siteA, siteB] = [channel('a'), channel('b')]
  const letGo = new Set<() => Promise<void>>()

  return {
    siteA,
    siteB,
    pool: POOL,
    sparePool: SPARE,
    barePool: BARE,
    async makePlain(side, image) {
      await rbd(side, 'create', '--size', '16M', specText(image))
      await rbd(side, 'bench', '--io-type', 'write', '--io-size', '4K', '--io-total', '64K', specText(image))
    },
    async writtenByChanges() {
      return readdirSync(attempts)
        .map((name) => readFileSync(join(attempts, name), 'utf8'))
        .join('\n')
    },
    async makeImages(wanted) {
      await lab('reset')
      await barePools('made')
      const make = async (kind: string, count: number, mode: string, pool: string): Promise<readonly ImageSpec[]> => {
        await lab(
          'make',
          String(count),
          '--mode',
          mode,
          '--prefix',
          `${PREFIX}-${kind}`,
          '--size',
          '16M',
          '--data',
          '--pool',
          pool,
        )
        const names = JSON.parse(await rbd('a', 'ls', pool, '--format', 'json')) as string[]
        return names
          .filter((name) => name.startsWith(`${PREFIX}-${kind}`))
          .map((name) => ({ pool, namespace: '', name }))
      }
      const made = {
        journal: await make('journal', wanted.journal, 'journal', POOL),
        snapshot: await make('snapshot', wanted.snapshot, 'snapshot', POOL),
        plain: await make('plain', wanted.plain, 'none', POOL),
        spare: await make('spare', wanted.spare, 'snapshot', SPARE),
      }
      await lab('wait', '--timeout', '120')
      return made
    },
    async makeClone(parent) {
      const child = { ...parent, name: `${parent.name}-child-${randomBytes(3).toString('hex')}` }
      const snap = `${specText(parent)}@base`
      if (!(await rbd('a', 'snap', 'ls', specText(parent))).includes('base')) {
        await rbd('a', 'snap', 'create', snap, '--no-progress')
        await rbd('a', 'snap', 'protect', snap)
      }
      await rbd('a', 'clone', snap, specText(child))
      return child
    },
    async write(side, image) {
      await rbd(
        side,
        'bench',
        '--io-type',
        'write',
        '--io-size',
        '4K',
        '--io-total',
        '256K',
        '--io-pattern',
        'rand',
        specText(image),
      )
    },
    async hold(side, image) {
      // A slow writer: holds the exclusive lock and a watch for as long as it lives.
      const bench = [
        'bench',
        '--io-type',
        'write',
        '--io-size',
        '4K',
        '--io-threads',
        '1',
        '--io-total',
        '8G',
        specText(image),
      ]
      const child = spawn(
        'rbd',
        ['-c', join(labDir, `${siteOf[side]}.conf`), '--rbd_qos_write_iops_limit=5', ...bench],
        { stdio: 'ignore' },
      )
      const gone = new Promise<void>((done) => child.on('exit', () => done()))
      const release = async () => {
        letGo.delete(release)
        child.kill('SIGINT')
        await gone
      }
      letGo.add(release)
      for (let tries = 0; tries < 50; tries++) {
        const { watchers } = JSON.parse(await rbd(side, 'status', specText(image), '--format', 'json')) as {
          watchers: unknown[]
        }
        if (watchers.length > 1) return release
        await sleep(100)
      }
      throw new Error(`${specText(image)} was not opened`)
    },
    content,
    async sameContent(image) {
      const [a, b] = await Promise.all([content('a', image), content('b', image)])
      return a === b
    },
    stopMirror: (side) => lab('mirror-stop', siteOf[side]),
    startMirror: (side) => lab('mirror-start', siteOf[side]),
    sleep,
    async close() {
      for (const release of letGo) await release()
      await barePools('gone')
      await lab('reset').finally(() => Promise.all([siteA.close(), siteB.close()]))
    },
  }
}

/** SHA-256 of what a copy holds. */
async function content(side: Side, image: ImageSpec): Promise<string> {
  const options = { encoding: 'buffer' as const, maxBuffer: 1 << 28 }
  const conf = join(labDir, `${siteOf[side]}.conf`)
  const { stdout } = await run('rbd', ['-c', conf, 'export', '--no-progress', specText(image), '-'], options)
  return createHash('sha256').update(stdout).digest('hex')
}
