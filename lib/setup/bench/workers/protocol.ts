import { newKey, sign, type WholeKey } from '../../../mpc/protocol/whole-key.ts'
import { signedMessage, suites, usualKey } from '../mpc-work.ts'
import type { Works } from './turns.ts'
import { serveTurns } from './turns.ts'

// All parties of the protocol in one process: nothing is sent, kept, checked for whose it is, or counted.

const works: Works = {}
for (const suite of suites) {
  const of = { suite, ...usualKey }
  const whole: WholeKey = await newKey(of)
  works[`${suite} generation`] = () => async () => void (await newKey(of))
  works[`${suite} signature`] = () => async () => void sign(whole, ['device', 'server'], signedMessage)
}
serveTurns(works)
