const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** `three`, from eleven on `11`: for a sentence that is read out. */
export const countWord = (count: number): string => WORDS[count] ?? String(count)
