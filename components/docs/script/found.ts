/** A place that was found: a heading, and how its text begins. */
export interface Found {
  path: string
  page: string
  heading: string
  text: string
}
