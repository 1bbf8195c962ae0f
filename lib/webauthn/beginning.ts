/** The first characters of a text, `most` of them: code points, so that none is cut in two. */
export function beginningOf(text: string, most: number): string {
  return text.length <= most ? text : [...text.slice(0, 2 * most)].slice(0, most).join('')
}
