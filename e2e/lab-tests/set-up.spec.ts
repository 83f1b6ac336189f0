import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { testServer } from '../browser'
import { chooseSetUp, type Pick } from '../set-up-page'
import { walkChange } from '../wizard'
import { conf, contentOf, needLab, primariesOf, rbd } from './lab'

const PICKS: readonly Pick[] = [
  { spec: 'volumes/vol-1', mode: 'journal' },
  { spec: 'volumes/vol-nolock-1', mode: 'journal' },
  { spec: 'volumes/vol-3', mode: 'snapshot' },
  { spec: 'images/img-base-1', mode: 'snapshot' },
  { spec: 'volumes/vol-clone-1', mode: 'snapshot' },
]
const POOLS = ['images', 'volumes']
const BOTH = [
  ['site-a', 'site-b'],
  ['site-b', 'site-a'],
] as const

const Pool = z.object({
  mode: z.string(),
  peers: z.array(z.object({ site_name: z.string(), direction: z.string() })).default([]),
})
const poolOf = async (site: string, pool: string) =>
  Pool.parse(JSON.parse(await rbd(site, 'mirror', 'pool', 'info', pool, '--format', 'json')))
const features = async (spec: string) =>
  z.object({ features: z.array(z.string()) }).parse(JSON.parse(await rbd('site-a', 'info', spec, '--format', 'json')))
    .features
/** What nobody may see: asked for past the app, to look for it where it must not be. */
const keyOf = async (site: string, user: string) =>
  execFileSync('ceph', ['-c', conf(site), 'auth', 'get-key', user])
    .toString()
    .trim()
const schedules = (site: string) => rbd(site, 'mirror', 'snapshot', 'schedule', 'ls', '-R', '--format', 'json')
const found = (page: Page, text: string | RegExp) => expect(page.getByText(text).first()).toBeVisible()
const ended = (page: Page, text: string) => expect(page.getByText(text)).toBeVisible({ timeout: 420_000 })

test.describe.configure({ mode: 'serial' })
test.beforeAll(() => needLab())

test('two bare clusters mirror each other by clicks: peers by token, both modes, a clone with its parent, schedules that fire', async ({
  page,
}) => {
  await page.goto('/images')
  await page.getByRole('link', { name: 'Set up mirroring' }).last().click()
  await chooseSetUp(page, { from: 'site-a', pools: POOLS, picks: PICKS, schedules: { volumes: '1m', images: '1m' } })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await found(page, '5 images of site-a can be mirrored to site-b.')
  await found(page, 'site-b reaches site-a')
  await found(page, 'site-a reaches site-b')
  await walkChange(page, { typed: 'site-b', wrong: 'site-a', start: /^Set up mirroring$/ })
  await ended(page, 'Done: what was chosen is mirrored, each part of it seen at work')
  for (const { spec } of PICKS) {
    expect(await primariesOf(spec)).toEqual(['site-a'])
    expect(await contentOf('site-b', spec)).toBe(await contentOf('site-a', spec))
  }
  for (const [site, other] of BOTH)
    for (const pool of POOLS)
      expect(await poolOf(site, pool)).toMatchObject({
        mode: 'image',
        peers: [{ site_name: other, direction: 'rx-tx' }],
      })
  expect(JSON.parse(await schedules('site-a'))).toHaveLength(2)
})

/** A bootstrap token is base64 of JSON that begins with the fsid. */
const TOKEN = Buffer.from('{"fsid').toString('base64')

test('they are shown as protected, and no key and no token is in any file of the data folder', async ({
  page,
  request,
}) => {
  await expect
    .poll(async () => (await (await request.get('/api/images?limit=50')).json()).rows.length, { timeout: 120_000 })
    .toBe(PICKS.length)
  await page.goto('/')
  await found(page, /images recover/)
  const keys = await Promise.all(BOTH.map(([site]) => keyOf(site, 'client.rbd-mirror-peer')))
  const { data } = testServer()
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'latin1')
    expect({ file, held: [TOKEN, ...keys].filter((secret) => text.includes(secret)).length }).toEqual({ file, held: 0 })
  }
})

test('all of it is taken down again by clicks: the copies are deleted, the images stay whole and free of journals', async ({
  page,
}) => {
  const before = await Promise.all(PICKS.map(({ spec }) => contentOf('site-a', spec)))
  await page.goto('/recover/take-down?from=site-a&to=site-b')
  await page.getByRole('radio', { name: /^Everything/ }).click()
  for (const pool of POOLS) await page.getByRole('checkbox', { name: `Pool ${pool}`, exact: true }).click()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await found(page, '5 copies at site-b are deleted')
  await walkChange(page, { typed: 'site-b', wrong: 'site-a', start: /^Take mirroring down$/ })
  await ended(page, 'Done: what was chosen is mirrored no more')
  expect(await Promise.all(PICKS.map(({ spec }) => contentOf('site-a', spec)))).toEqual(before)
  for (const { spec } of PICKS) expect(await features(spec)).not.toContain('journaling')
  expect((await rbd('site-b', 'ls', 'volumes')).trim()).toBe('vol-b-1')
  for (const [site] of BOTH) {
    for (const pool of POOLS) expect(await poolOf(site, pool)).toEqual({ mode: 'disabled', peers: [] })
    expect(JSON.parse(await schedules(site))).toEqual([])
  }
})
