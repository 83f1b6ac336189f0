import { existsSync } from 'node:fs'
import { clouds } from '../lab-tests/cloud'
import { needLab } from '../lab-tests/lab'
import { benchCeph } from './ceph'
import { benchCinder, CINDER_CASES } from './cinder'

const USAGE = `npm run bench -- ceph      reading two clusters, and moving bare images; a lab must be up: npm run lab:up
npm run bench -- cinder    a backend of Cinder, by Cinder alone and by Antipode: npm run lab:up -- --openstack
                           one case of it: ${CINDER_CASES.join(', ')}
npm run bench              both, as far as the lab has them`

async function main([what, ...cases]: readonly string[]): Promise<boolean> {
  const known = what === undefined || what === 'ceph' || what === 'cinder'
  if (!known || cases.some((name) => what !== 'cinder' || !CINDER_CASES.includes(name))) {
    console.error(USAGE)
    return false
  }
  needLab()
  if (what !== 'cinder') await benchCeph()
  if (what === 'ceph') return true
  if (existsSync(clouds)) await benchCinder(cases)
  else console.log('\nNo cloud is on this lab: Cinder is not measured. npm run lab:up -- --openstack gives it one.')
  return what !== 'cinder' || existsSync(clouds)
}

process.exit((await main(process.argv.slice(2))) ? 0 : 1)
