import type { Condition, GroupRule, Match, Reason } from './group'

const CONDITION_WORDS: Readonly<Record<Condition['on'], string>> = {
  tenant: 'tenant',
  type: 'volume type',
  backend: 'backend',
  'volume-metadata': 'metadata of the volume',
  server: 'server',
  'server-metadata': 'metadata of the server',
}

export const conditionText = (condition: Condition): string =>
  'key' in condition
    ? `${CONDITION_WORDS[condition.on]} ${condition.key}=${condition.is}`
    : `${CONDITION_WORDS[condition.on]} ${condition.is}`

export const ruleText = ({ all }: GroupRule): string => all.map(conditionText).join(' and ')

export function matchText(match: Match): string {
  switch (match.by) {
    case 'id':
      return match.id
    case 'name':
      return `name ${match.name}`
    case 'metadata':
      return `metadata ${match.key}=${match.is}`
  }
}

/** Why something is a member; `rules` as they were at that look. */
export function reasonText(reason: Reason, rules: readonly GroupRule[]): string {
  switch (reason.by) {
    case 'rule': {
      const rule = rules[reason.rule]
      return rule === undefined ? `rule ${reason.rule + 1}` : ruleText(rule)
    }
    case 'hand':
      return 'by hand'
    case 'attached':
      return reason.kind === 'server' ? `a volume of server ${reason.name}` : `volume ${reason.name} is attached to it`
  }
}
