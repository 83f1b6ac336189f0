import type { StatusDetail } from '@/lib/domain/mirror-status'
import type { MirrorMode } from '@/lib/domain/words'
import type { FakeClock } from './fake-clock'
import type { FakeImage, FakeSite } from './fake-sites'
import { type Copy, followingDetail, type Write } from './truth-copy'

let nextId = 1

/**
 * An image at two sites with its true content, for tests of what is claimed of it. Ops are what operators and
 * daemons do; the fake sites show what Ceph would show, statuses up to 30 s late.
 */
export class TruthModel {
  readonly copies: readonly [Copy, Copy]
  private tag = 1
  private entry = 0
  private publishedAt = 0
  private isCut = false
  /** For how long both sites could be read since a copy was last thrown away. */
  private readableMs = Number.POSITIVE_INFINITY

  constructor(
    private readonly clock: FakeClock,
    sites: readonly [FakeSite, FakeSite],
    readonly mode: MirrorMode,
  ) {
    const at = (site: FakeSite, image: FakeImage): Copy => ({
      site,
      image,
      content: [],
      whole: [],
      madeHere: new Map(),
      copyingUntil: 0,
    })
    const common = { globalId: 'img', mode, tail: null, own: null, copyPosition: null }
    this.copies = [at(sites[0], sites[0].add('p', common)), at(sites[1], sites[1].addCopy('p', common))]
    if (mode === 'snapshot') this.snapshot()
    this.replicate()
    this.publish()
  }

  private primary(): Copy | null {
    const found = this.copies.filter(({ image, site }) => image.role === 'primary' && !site.dead)
    return found.length === 1 ? (found[0] ?? null) : null
  }

  private other(copy: Copy): Copy {
    return this.copies[0] === copy ? this.copies[1] : this.copies[0]
  }

  /** The sites do not reach each other; the console and each site's clients reach both. */
  cut(): void {
    this.isCut = true
  }

  mendLink(): void {
    this.isCut = false
  }

  /** Does the copy follow this primary: both alive and in reach, one history, nothing being copied anew? */
  private follower(primary: Copy): Copy | null {
    const copy = this.other(primary)
    if (this.isCut) return null
    const follows = copy.image.role === 'non-primary' && !copy.site.dead && copy.copyingUntil === 0
    return follows && copy.content.every((write, i) => primary.content[i] === write) ? copy : null
  }

  /** Every primary takes writes, reachable for the console or not. */
  write(): void {
    for (const copy of this.copies) {
      if (copy.image.role !== 'primary') continue
      const position = { tag: this.tag, entry: this.entry++ }
      copy.content = [...copy.content, { id: nextId++, ackedAt: this.clock.now(), position }]
      copy.image.tail = position
    }
  }

  /** The daemon moves what it can; `part` 0..1 of what is missing. */
  replicate(part = 1): void {
    const primary = this.primary()
    const copy = primary === null ? null : this.follower(primary)
    if (primary === null || copy === null) return
    if (this.mode === 'journal') {
      const missing = primary.content.length - copy.content.length
      copy.content = primary.content.slice(0, copy.content.length + Math.ceil(missing * part))
      return
    }
    const newest = primary.image.snapshots.findLast((mark) => mark.primary)
    if (newest === undefined || part < 0.5) return
    copy.whole = primary.madeHere.get(newest.id) ?? []
    copy.content = copy.whole
    const held = copy.image.snapshots.at(-1)
    if (held?.primarySnapId === newest.id && !held.primary) return
    const id = (held?.id ?? 0) + 2
    copy.image.snapshots = [{ id, complete: true, primarySnapId: newest.id, primary: false, takenAt: this.clock.now() }]
  }

  /** Writes the copy's position down in the primary's journal. */
  commit(): void {
    const primary = this.primary()
    const copy = primary === null ? null : this.follower(primary)
    if (this.mode === 'journal' && primary !== null && copy !== null) {
      primary.image.copyPosition = copy.content.at(-1)?.position ?? null
    }
  }

  /** A mirror snapshot at every primary. */
  snapshot(): void {
    if (this.mode !== 'snapshot') return
    for (const copy of this.copies) {
      if (copy.image.role !== 'primary') continue
      const id = (copy.image.snapshots.at(-1)?.id ?? 10) + 3
      copy.madeHere.set(id, copy.content)
      const mark = { id, complete: true, primarySnapId: null, primary: true, takenAt: this.clock.now() }
      copy.image.snapshots = [...copy.image.snapshots.slice(-2), mark]
    }
  }

  /** The copy is deleted and copied anew; the journal's client keeps its old position meanwhile. */
  resync(copyMs: number): void {
    const primary = this.primary()
    const copy = primary === null ? null : this.other(primary)
    if (copy === null || copy.site.dead || copy.image.role !== 'non-primary') return
    Object.assign(copy.image, { imageId: `${copy.site.name}-${nextId++}`, snapshots: [] })
    copy.content = []
    copy.whole = []
    this.readableMs = 0
    copy.copyingUntil = this.clock.now() + copyMs
    this.tell(copy, { kind: 'not-reported' })
  }

  /** Demotion, its arrival, promotion at the other side. */
  change(): void {
    const primary = this.primary()
    const copy = primary === null ? null : this.follower(primary)
    if (primary === null || copy === null) return
    this.snapshot()
    this.replicate()
    this.commit()
    primary.image.role = 'non-primary'
    // Its last mirror snapshot is the demotion: it holds all of it, and the new primary's history begins with it.
    primary.whole = primary.content
    this.promote(copy, primary)
  }

  /** Promotion by force: the other side may go on as primary, seen or not. */
  force(): void {
    const [first, second] = this.copies
    const copy = first.image.role === 'non-primary' ? first : second
    if (copy.image.role !== 'non-primary' || copy.site.dead || copy.copyingUntil > 0) return
    copy.content = this.mode === 'snapshot' ? copy.whole : copy.content
    this.promote(copy, this.other(copy))
  }

  /** The side that lost is demoted and its copy made anew from the other one. */
  mend(copyMs: number): void {
    const [first, second] = this.copies
    if (first.image.role !== 'primary' || second.image.role !== 'primary') return
    if (first.site.dead || second.site.dead) return
    first.image.role = 'non-primary'
    this.tell(first, { kind: 'split-brain' })
    this.resync(copyMs)
  }

  private promote(copy: Copy, old: Copy): void {
    this.tag++
    this.entry = 0
    copy.image.role = 'primary'
    copy.image.tail = null
    copy.image.own = null
    copy.image.copyPosition = null
    copy.copyingUntil = 0
    this.tell(copy, { kind: 'primary' })
    if (old.image.role === 'non-primary') this.tell(old, { kind: 'other' })
    this.write()
    this.snapshot()
  }

  /** What the daemons say now; at most every 30 s, unless something has changed its state. */
  publish(): void {
    const now = this.clock.now()
    if (now - this.publishedAt < 30_000) return
    this.publishedAt = now
    for (const copy of this.copies) {
      if (copy.site.dead) continue
      const { detail } = copy.image
      if (copy.image.role === 'primary') this.tell(copy, { kind: 'primary' })
      else if (copy.copyingUntil > 0) this.tell(copy, { kind: 'copying', phase: 'COPY_IMAGE', percent: 10 })
      // Of a peer that it does not reach a daemon repeats its last words, as of now (ceph-facts 25).
      else if ((this.isCut || this.other(copy).site.dead) && detail !== null) this.tell(copy, detail)
      else this.tell(copy, followingDetail(this.mode, copy, this.other(copy)))
    }
  }

  private tell(copy: Copy, detail: StatusDetail): void {
    const state = detail.kind.startsWith('replaying')
      ? 'replaying'
      : detail.kind === 'split-brain'
        ? 'error'
        : 'stopped'
    Object.assign(copy.image, { detail, state, description: detail.kind, lastUpdateAt: this.clock.now() })
  }

  /** Copies that were being made are finished. */
  settle(): void {
    for (const copy of this.copies) {
      if (copy.copyingUntil === 0 || copy.copyingUntil > this.clock.now()) continue
      const primary = this.primary()
      if (primary === null || primary === copy || copy.site.dead || this.isCut) continue
      copy.copyingUntil = 0
      copy.content = this.mode === 'journal' ? primary.content : []
      this.replicate()
    }
  }

  /**
   * Time has passed. Tells whether the console can know by now that a copy was thrown away: it has had `neededMs`
   * in which both sites answered. A site that died at once after its copy was thrown away tells nobody.
   */
  knowable(passedMs: number, neededMs: number): boolean {
    if (this.readableMs < neededMs) {
      this.readableMs = this.copies.some(({ site }) => site.dead) ? 0 : this.readableMs + passedMs
    }
    return this.readableMs >= neededMs
  }

  /**
   * The first write that a claim hides: acknowledged at `primarySite` by `heldUntilAt`, and not at the other side as
   * it would be after a promotion by force. Null where the claim is true.
   */
  hidden(primarySite: string, heldUntilAt: number): Write | null {
    const primary = this.copies[0].site.name === primarySite ? this.copies[0] : this.copies[1]
    const copy = this.other(primary)
    const there = new Set(
      (copy.image.role === 'primary' || this.mode === 'journal' ? copy.content : copy.whole).map((w) => w.id),
    )
    const usable = copy.copyingUntil === 0
    return primary.content.find((write) => write.ackedAt <= heldUntilAt && !(usable && there.has(write.id))) ?? null
  }
}
