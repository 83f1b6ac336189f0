import { expect, test } from 'vitest'
import { csvLine } from './csv-line'

test('what CSV would misread is quoted', () => {
  expect(csvLine(['a', 'b,c', 'say "no"', 'two\nlines', 7, null])).toBe('a,"b,c","say ""no""","two\nlines",7,\r\n')
})

test('an image that is named like a formula stays a name', () => {
  expect(csvLine(['=HYPERLINK(1)', '-1', '@x'])).toBe("'=HYPERLINK(1),'-1,'@x\r\n")
})
