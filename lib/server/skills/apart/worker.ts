import { parentPort } from 'node:worker_threads'
import { checkSchema, checkValue } from './check-value.ts'
import { decodeWebauthn } from './decode-webauthn.ts'
import type { Given, JobName, Jobs } from './job.ts'
import { summarize } from './summarize.ts'
import { verifySignature } from './verify-signature.ts'

// The thread beside the server: one job at a time, as `pool.ts` sends it.

const does: { [Name in JobName]: (given: Given<Name>) => Jobs[Name]['result'] } = {
  schema: checkSchema,
  value: checkValue,
  decoding: decodeWebauthn,
  verification: verifySignature,
  summary: summarize,
}

parentPort?.on('message', ({ name, given }: { name: JobName; given: never }) => {
  try {
    parentPort?.postMessage({ result: does[name](given) })
  } catch (error) {
    // Too deep for the stack.
    parentPort?.postMessage({ failed: (error as Error).message, tooMuch: error instanceof RangeError })
  }
})
parentPort?.postMessage('ready')
