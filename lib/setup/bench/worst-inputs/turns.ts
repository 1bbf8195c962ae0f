import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Tells which turn of a server's loop took the most CPU since it was last asked, in milliseconds. */
export type LongestTurn = () => Promise<number>

/** Settings with which a server tells that, and how to ask it: through a socket of its own in `directory`. */
export function turnsThrough(
  directory: string,
  of: string,
): { settings: Record<string, string>; longestTurn: LongestTurn } {
  const path = join(directory, `${of}.sock`)
  const watch = new URL('watch-turns.ts', import.meta.url).href
  return {
    settings: { NODE_OPTIONS: `--import=${watch}`, TURNS_SOCKET: path },
    longestTurn: async () => Number(await text(connect(path))),
  }
}
