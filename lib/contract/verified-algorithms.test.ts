import { afterEach, expect, test, vi } from 'vitest'

const mlDsa = [-48, -49, -50]
const subtle = SubtleCrypto as { supports?: unknown }
const { supports } = subtle

afterEach(() => {
  subtle.supports = supports
  vi.resetModules()
})

/** The contract as a process has it that starts now. */
async function started() {
  vi.resetModules()
  const [{ verifiedAlgorithms }, { registrationOptions }, { supportedAlgorithms }] = await Promise.all([
    import('./verified-algorithms.ts'),
    import('./options.ts'),
    import('#lib/testing/key.ts'),
  ])
  const takes = (alg: number) => registrationOptions.safeParse({ pubKeyCredParams: [alg] }).success
  return { verifiedAlgorithms, takes, supportedAlgorithms }
}

test('ML-DSA may be asked for where it is verified', async () => {
  const { verifiedAlgorithms, takes, supportedAlgorithms } = await started()
  expect(verifiedAlgorithms).toEqual(expect.arrayContaining([-7, ...mlDsa]))
  expect(supportedAlgorithms).toEqual(expect.arrayContaining([-7, ...mlDsa]))
  expect([-7, ...mlDsa].map(takes)).toEqual([true, true, true, true])
})

test('on an older Node it may not, and everything else may', async () => {
  delete subtle.supports
  const { verifiedAlgorithms, takes, supportedAlgorithms } = await started()
  for (const numbers of [verifiedAlgorithms, supportedAlgorithms]) {
    expect(numbers).toEqual(expect.arrayContaining([-7, -8, -257]))
    expect(numbers.filter((alg) => mlDsa.includes(alg))).toEqual([])
  }
  expect([-7, ...mlDsa].map(takes)).toEqual([true, false, false, false])
})
