// What there is with the first ceremony, in one piece.
export { RunHeadline } from './run-headline.tsx'
export { RunList } from './run-list.tsx'
