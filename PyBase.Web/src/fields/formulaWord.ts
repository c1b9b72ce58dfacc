/** What is being typed before the caret: a field after an open brace, else the letters of a function. */
export function wordAt(text: string, caret: number): { word: string; start: number; isField: boolean } {
  const before = text.slice(0, caret)
  const brace = before.lastIndexOf('{')
  if (brace > before.lastIndexOf('}')) return { word: before.slice(brace + 1), start: brace, isField: true }
  const word = /[A-Za-z_]*$/.exec(before)![0]
  return { word, start: caret - word.length, isField: false }
}
