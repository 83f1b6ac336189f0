import { needLab } from '../lab-tests/lab'
import { BACKEND, IMAGES, soakKills } from './kills'
import { soakProperties } from './properties'
import { soakTruth } from './truth'

const USAGE = `npm run soak -- kills [50]    the worker killed so many times, several times a run
npm run soak -- cinder [20]   the same while a backend of Cinder moves; the lab needs a cloud: npm run lab:up -- --openstack
npm run soak -- truth [10]    a site killed so many times, the claim of loss held against what was lost
npm run soak                  kills and truth. A lab must be up: npm run lab:up
npm run soak -- properties [5]    the property tests with so many new seeds; needs no lab`

const count = (text: string | undefined, fallback: number): number => {
  const value = text === undefined ? fallback : Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`not a number of times: ${text}`)
  return value
}

async function main([what, times]: readonly string[]): Promise<boolean> {
  if (what === 'properties') return soakProperties(count(times, 5))
  if (what !== undefined && what !== 'kills' && what !== 'cinder' && what !== 'truth') {
    console.error(USAGE)
    return false
  }
  needLab()
  if (what === 'cinder') return soakKills(count(times, 20), BACKEND)
  const kills = what === 'truth' || (await soakKills(count(times, 50), IMAGES))
  const truth = what === 'kills' || (await soakTruth(count(times, 10)))
  return kills && truth
}

process.exit((await main(process.argv.slice(2))) ? 0 : 1)
