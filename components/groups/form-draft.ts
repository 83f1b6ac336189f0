import { DURATION_WORDS, durationSec } from '@/lib/domain/duration'
import type { Condition, GroupSpec, Marked, Stage } from '@/lib/domain/group'
import { GROUP_SPEC } from '@/lib/views/group-input'

/** What is typed, as it is typed. Lists by hand are one a line. */
export interface GroupDraft {
  readonly name: string
  readonly cloud: string
  readonly priority: number
  readonly rpo: string
  readonly rto: string
  readonly rules: readonly (readonly Condition[])[]
  readonly volumes: string
  readonly servers: string
  readonly withoutVolumes: string
  readonly withoutServers: string
  readonly stages: readonly Stage[]
  readonly marks: readonly Marked[]
}

export const newDraft = (cloud: string): GroupDraft => ({
  ...{ name: '', cloud, priority: 3, rpo: '', rto: '', volumes: '', servers: '' },
  ...{ withoutVolumes: '', withoutServers: '', stages: [], marks: [] },
  rules: [[{ on: 'tenant', is: '' }]],
})

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const

/** As `durationSec` reads it: 120 is 2m. */
function durationWord(sec: number | null): string {
  if (sec === null) return ''
  const unit = UNITS.find(([, size]) => sec % size === 0)
  return unit === undefined ? `${sec}s` : `${sec / unit[1]}${unit[0]}`
}

export function draftOf({ selection, ...spec }: GroupSpec): GroupDraft {
  const { rules, byHand, except } = selection
  return {
    ...{ name: spec.name, cloud: spec.cloud, priority: spec.priority, stages: spec.stages, marks: spec.marks },
    ...{ rpo: durationWord(spec.rpoSec), rto: durationWord(spec.rtoSec), rules: rules.map(({ all }) => all) },
    ...{ volumes: byHand.volumes.join('\n'), servers: byHand.servers.join('\n') },
    ...{ withoutVolumes: except.volumes.join('\n'), withoutServers: except.servers.join('\n') },
  }
}

export type DraftSpec = { readonly spec: GroupSpec } | { readonly refusal: string }

/** The group that a draft stands for, or the first thing that is wrong with it. */
export function specOf(draft: GroupDraft): DraftSpec {
  const seconds = (text: string, what: string): { readonly sec: number | null } | { readonly refusal: string } => {
    if (text.trim() === '') return { sec: null }
    const sec = durationSec(text)
    return sec === null ? { refusal: `${what}: ${DURATION_WORDS}` } : { sec: Math.round(sec) }
  }
  const [rpo, rto] = [seconds(draft.rpo, 'RPO'), seconds(draft.rto, 'RTO')]
  if ('refusal' in rpo) return { refusal: rpo.refusal }
  if ('refusal' in rto) return { refusal: rto.refusal }
  const parsed = GROUP_SPEC.safeParse({
    ...{ name: draft.name, cloud: draft.cloud, priority: draft.priority, stages: draft.stages, marks: draft.marks },
    ...{ rpoSec: rpo.sec, rtoSec: rto.sec },
    selection: {
      rules: draft.rules.map((all) => ({ all })),
      byHand: { volumes: lines(draft.volumes), servers: lines(draft.servers) },
      except: { volumes: lines(draft.withoutVolumes), servers: lines(draft.withoutServers) },
    },
  })
  if (parsed.success) return { spec: parsed.data }
  const [issue] = parsed.error.issues
  return { refusal: `${placeOf(issue?.path ?? [])}${issue?.message ?? 'something is wrong'}` }
}

const lines = (text: string): string[] => text.split('\n').flatMap((line) => line.trim() || [])

/** `Rule 2: `, where it is one of several. */
function placeOf(path: readonly PropertyKey[]): string {
  const at = path.findIndex((part) => part === 'rules' || part === 'stages' || part === 'marks')
  const index = path[at + 1]
  if (at < 0 || typeof index !== 'number') return ''
  return `${{ rules: 'Rule', stages: 'Stage', marks: 'Mark' }[path[at] as 'rules']} ${index + 1}: `
}
