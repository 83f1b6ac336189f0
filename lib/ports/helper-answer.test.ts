import { expect, test } from 'vitest'
import { z } from 'zod'
import { answerInParts, inParts, PART_LENGTH, senseless } from './helper-answer'

const mark = (id: number) => ({
  ok: { marks: [{ id, complete: true, primarySnapId: null, state: 'primary', takenAt: 0 }], isClone: false },
})

test.each([0, 1, PART_LENGTH, PART_LENGTH + 1, 3 * PART_LENGTH + 7])(
  'a list of %i goes in parts and comes back whole',
  (length) => {
    const whole = { observedAt: 5, images: Array.from({ length }, (_, id) => mark(id)) }
    const { parts, rest } = inParts(whole)
    expect(parts).toHaveLength(Math.max(0, Math.ceil(length / PART_LENGTH) - 1))
    const answer = answerInParts('snapshots.primary')
    for (const part of parts) answer.part(part)
    expect(answer.end(rest)).toEqual(whole)
  },
)

test('a part that makes no sense says where', () => {
  const answer = answerInParts('snapshots.primary')
  let said = ''
  try {
    answer.part({ images: [mark(1), { ok: 'many' }] })
  } catch (error) {
    expect(error).toBeInstanceOf(z.ZodError)
    said = senseless(error)
  }
  expect(said).toContain('images.1')
})

test('a list that the question does not have is refused', () => {
  expect(() => answerInParts('snapshots.primary').part({ samples: [] })).toThrow()
})
