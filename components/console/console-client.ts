import { ConsoleClient } from '#lib/sdk/console.ts'

/** The Console's pages speak with the server that they came from. */
export const consoleClient = new ConsoleClient()
