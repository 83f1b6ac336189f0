import { makeImage } from '../make-image'
import { fsidOf } from '../peering'
import { badRequest, notFound, ok, Refusal, type Said } from './answers'
import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import { hasSnap, removeImage, snapForClones } from './cluster-acts'
import { limitOf, newestFirst, start } from './paging'
import { type Asked, isAdmin, type Route, textOr } from './requests'
import type { ImageRow } from './rows'
import { zulu } from './times'

/** limit_param_default and api_limit_max. */
const [USUAL, MOST] = [25, 1_000]
const PATCH = 'application/openstack-images-v2.1-json-patch'

/** Glance works on the cluster that its configuration names; Cinder's failover does not move it. */
const storeSite = (cloud: Cloud): string => cloud.site

function shown(image: ImageRow): object {
  const direct = image.locations[0]
  return {
    name: image.name,
    disk_format: 'raw',
    container_format: 'bare',
    visibility: image.visibility,
    size: image.sizeBytes,
    virtual_size: image.sizeBytes,
    status: image.status,
    checksum: null,
    protected: false,
    min_ram: 0,
    min_disk: 0,
    owner: image.projectId,
    os_hidden: false,
    os_hash_algo: null,
    os_hash_value: null,
    id: image.id,
    created_at: zulu(image.createdAt),
    updated_at: zulu(image.updatedAt),
    locations: image.locations.map((url) => ({ url, metadata: { store: 'rbd' } })),
    ...(direct === undefined ? {} : { direct_url: direct }),
    tags: [],
    self: `/v2/images/${image.id}`,
    file: `/v2/images/${image.id}/file`,
    schema: '/v2/schemas/image',
    ...(direct === undefined ? {} : { stores: 'rbd' }),
  }
}

const sees = (asked: Asked, image: ImageRow): boolean =>
  isAdmin(asked) || image.visibility === 'public' || image.projectId === asked.projectId

function imageOf(cloud: Cloud, asked: Asked, id: string): ImageRow {
  const image = cloud.store.get('images', id)
  if (image === null || !sees(asked, image)) throw notFound(`No image found with ID ${id}`)
  return image
}

function images(cloud: Cloud, asked: Asked): Said {
  // None is hidden here, and hidden ones are listed only where they are asked for.
  const hidden = asked.query.get('os_hidden') === 'true'
  const sorted = hidden ? [] : newestFirst(cloud.store.list('images').filter((one) => sees(asked, one)))
  const limit = asked.query.has('limit') ? limitOf(asked, MOST) : USUAL
  const from = start(asked, sorted)
  const rows = sorted.slice(from, from + limit)
  const query = new URLSearchParams(asked.query)
  query.delete('marker')
  const first = `/v2/images${query.size === 0 ? '' : `?${query}`}`
  const last = rows.at(-1)
  if (last !== undefined) query.set('marker', last.id)
  const next = from + limit < sorted.length ? { next: `/v2/images?${query}` } : {}
  return ok({ images: rows.map(shown), first, schema: '/v2/schemas/images', ...next })
}

function create(cloud: Cloud, asked: Asked): Said {
  const body = (asked.body ?? {}) as Record<string, unknown>
  const id = textOr(body.id, null) ?? cloud.newId()
  if (cloud.store.get('images', id) !== null) throw new Refusal(409, `Image ID ${id} already exists!`)
  const now = cloud.now()
  const image: ImageRow = {
    id,
    name: textOr(body.name, ''),
    status: 'queued',
    projectId: asked.projectId,
    visibility: textOr(body.visibility, 'shared'),
    sizeBytes: null,
    locations: [],
    createdAt: now,
    updatedAt: now,
  }
  cloud.store.save('images', image)
  const location = `${originOf(cloud.site, 'image')}/v2/images/${id}`
  return { status: 201, headers: { location }, body: shown(image) }
}

/** The data becomes an RBD image with the snapshot `snap`. It is not mirrored: somebody else has to see to that. */
function upload(cloud: Cloud, asked: Asked, id: string): Said {
  const image = imageOf(cloud, asked, id)
  if (image.status !== 'queued')
    throw new Refusal(409, `Image status transition from ${image.status} to saving is not allowed`)
  const site = storeSite(cloud)
  if (!cloud.reaches(site)) throw new Refusal(503, 'Error in store configuration. Adding images to store is disabled.')
  const { imagePool } = cloud.spec
  const sizeBytes = Math.max(1, Buffer.byteLength(asked.bodyText ?? ''))
  makeImage(cloud.memory, { image: `${imagePool}/${id}`, site, mode: 'none', sizeBytes, parent: null })
  snapForClones(cloud.memory, site, imagePool, id)
  const url = `rbd://${fsidOf(cloud.memory.conditions, site)}/${imagePool}/${id}/snap`
  cloud.store.patch('images', id, { status: 'active', sizeBytes, locations: [url], updatedAt: cloud.now() })
  return { status: 204 }
}

const IN_USE = 'The image cannot be deleted because it is in use through the backend store outside of Glance.'

const isCloned = (cloud: Cloud, id: string): boolean =>
  cloud.store.list('volumes').some(({ imageMeta }) => imageMeta?.image_id === id)

function placeOf(url: string): { fsid: string; pool: string; name: string; snap: string } | null {
  const [, fsid, pool, name, snap] = /^rbd:\/\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(url) ?? []
  return fsid && pool && name && snap ? { fsid, pool, name, snap } : null
}

interface Operation {
  readonly op?: string
  readonly path?: string
  readonly value?: { readonly url?: string } | string
}

/** A JSON patch of locations, name and visibility. */
function patch(cloud: Cloud, asked: Asked, id: string): Said {
  if (asked.headers['content-type'] !== PATCH)
    throw new Refusal(415, `Unsupported Content-Type. Use ${PATCH} for an update of an image.`)
  let image = imageOf(cloud, asked, id)
  for (const operation of (asked.body ?? []) as readonly Operation[]) image = patched(cloud, image, operation)
  cloud.store.save('images', { ...image, updatedAt: cloud.now() })
  return ok(shown({ ...image, updatedAt: cloud.now() }))
}

function patched(cloud: Cloud, image: ImageRow, { op, path = '', value }: Operation): ImageRow {
  const [, field, at = ''] = path.split('/')
  if (field !== 'locations') {
    const text = textOr(value, '')
    if (field === 'name') return { ...image, name: text }
    if (field === 'visibility') return { ...image, visibility: text }
    return image
  }
  if (op === 'add') {
    const url = typeof value === 'object' ? (value.url ?? '') : ''
    const at = placeOf(url)
    const site = storeSite(cloud)
    // Glance asks its own cluster how large it is: what it does not find there, or is another cluster's, is no location.
    const found =
      at !== null &&
      at.fsid === fsidOf(cloud.memory.conditions, site) &&
      hasSnap(cloud.memory, site, at.pool, at.name, at.snap)
    if (!found) throw badRequest('Invalid location')
    if (image.locations.includes(url)) throw badRequest(`The location ${url} already exists`)
    return { ...image, locations: [...image.locations, url], status: 'active', sizeBytes: image.sizeBytes ?? 0 }
  }
  if (op === 'remove') {
    if (image.locations.length === 1) throw new Refusal(403, 'Cannot remove last location in the image.')
    const place = placeOf(image.locations[Number(at)] ?? '')
    if (place === null) throw badRequest('Invalid position for removing a location.')
    if (isCloned(cloud, place.name)) throw new Refusal(500, IN_USE)
    // What it lets go of it deletes.
    removeImage(cloud.memory, storeSite(cloud), place.pool, place.name)
    return { ...image, locations: image.locations.filter((_, i) => i !== Number(at)) }
  }
  throw badRequest(`Invalid operation on locations: ${String(op)}`)
}

function remove(cloud: Cloud, asked: Asked, id: string): Said {
  imageOf(cloud, asked, id)
  if (isCloned(cloud, id)) throw new Refusal(409, `Image ${id} could not be deleted because it is in use: ${IN_USE}`)
  removeImage(cloud.memory, storeSite(cloud), cloud.spec.imagePool, id)
  cloud.store.remove('images', id)
  return { status: 204 }
}

export const GLANCE: readonly Route[] = [
  ['GET', /^\/v2\/images$/, images],
  ['GET', /^\/v2\/images\/([^/]+)$/, (cloud, asked, [id = '']) => ok(shown(imageOf(cloud, asked, id)))],
  ['POST', /^\/v2\/images$/, create],
  ['PUT', /^\/v2\/images\/([^/]+)\/file$/, (cloud, asked, [id = '']) => upload(cloud, asked, id)],
  ['PATCH', /^\/v2\/images\/([^/]+)$/, (cloud, asked, [id = '']) => patch(cloud, asked, id)],
  ['DELETE', /^\/v2\/images\/([^/]+)$/, (cloud, asked, [id = '']) => remove(cloud, asked, id)],
]

const GLANCE_VERSIONS = ['v2.15', 'v2.13', 'v2.12', 'v2.11', 'v2.10', 'v2.9', 'v2.8', 'v2.7', 'v2.6', 'v2.5']

export const glanceVersions = (cloud: Cloud): Said => ({
  status: 300,
  body: {
    versions: GLANCE_VERSIONS.map((id, i) => ({
      id,
      status: i === 0 ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${originOf(cloud.site, 'image')}/v2/` }],
    })),
  },
})
