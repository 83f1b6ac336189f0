import type { ServiceStatus } from './status'
import type { ServiceWords } from './status-words'

/** Millimetres of an A4 sheet between the margins (`@page` in globals.css), and what head, headline and foot take of them. */
const SHEET_MM = 275
const AROUND_MM = 24
/** Lines of the printed page at full size: how high each is, and how many letters it holds at least. */
const TEXT = { mm: 3.6, letters: 82 }
const SMALL = { mm: 3.2, letters: 95 }
const NAME = { mm: 4.4, letters: 24 }
/** Below this nobody reads it: then it is two sheets. */
const SMALLEST = 0.55

const lines = (text: string, { mm, letters }: typeof TEXT): number =>
  text === '' ? 0 : mm * text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)), 0)

/**
 * How much smaller the page is printed so that all services are on one sheet; 1 where they fit as they are. What is made
 * smaller also has more letters in a line, so the height goes with the square.
 */
export function sheetScale(
  told: readonly {
    readonly service: Pick<ServiceStatus, 'name' | 'sentence' | 'objective' | 'note'>
    readonly words: ServiceWords
  }[],
): number {
  const needed = told.reduce((sum, { service, words }) => sum + serviceMm(service, words), AROUND_MM)
  return Math.max(SMALLEST, Math.min(1, Math.sqrt(SHEET_MM / needed)))
}

function serviceMm(
  { name, sentence, objective, note }: Pick<ServiceStatus, 'name' | 'sentence' | 'objective' | 'note'>,
  { state, sentences }: ServiceWords,
): number {
  const promised = objective === '' ? '' : `Promised: ${objective}`
  const left =
    lines(name, NAME) + lines(`${state} since 00:00 UTC`, NAME) + lines(promised, { ...SMALL, letters: 32 }) + SMALL.mm
  const sures = [...new Set(sentences.map(({ sure }) => sure))]
  const said = sures.map((sure) => sentences.flatMap((one) => (one.sure === sure ? [one.text] : [])).join(' '))
  const right =
    lines(sentence, SMALL) +
    said.reduce((sum, text) => sum + lines(text, TEXT), 0) +
    (note === null ? 0 : 1 + lines(note.text, TEXT) + SMALL.mm)
  return Math.max(left, right) + 2.4
}
