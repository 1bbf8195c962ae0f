import { makeKeys } from '../data.ts'
import { serveTurns } from './turns.ts'

// Makes the keys of a server that has another database than the bench itself, and that is all.

serveTurns({}, await makeKeys())
