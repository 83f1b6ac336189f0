'use client'

import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'

export interface ChoiceCard<T extends string> {
  readonly value: T
  readonly title: ReactNode
  /** What follows from it, in plain words. */
  readonly detail: ReactNode
}

interface ChoiceCardsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly cards: readonly ChoiceCard<T>[]
  readonly onChoose: (value: T) => void
}

/** One of a few, each with its consequences beside it. Arrow keys move. */
export function ChoiceCards<T extends string>({ label, value, cards, onChoose }: ChoiceCardsProps<T>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(chosen) => onChoose(chosen as T)}
      className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(14rem,1fr))]"
    >
      {cards.map((card) => (
        <RadioGroup.Item
          key={card.value}
          value={card.value}
          className="group flex gap-3 rounded-lg border border-line bg-ground px-4 py-3 text-left hover:border-line-strong data-[state=checked]:border-ink"
        >
          <span className="mt-1 grid size-3.5 shrink-0 place-items-center rounded-full border border-faint group-data-[state=checked]:border-ink">
            <RadioGroup.Indicator className="block size-1.5 rounded-full bg-ink" />
          </span>
          <span className="min-w-0">
            <span className="block font-medium text-ink">{card.title}</span>
            <span className="mt-0.5 block text-sm text-dim">{card.detail}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
