import { expect, test } from 'vitest'
import { attestationSubject, type CertificateWishes, makeCertificate } from './certificates-for-tests.ts'
import { followChain } from './chain.ts'

const [past, soon] = [new Date('2020-01-01'), new Date('2021-01-01')]
const noRoot = { fault: 'certificates that lead to no known root' }

/** A root, a CA below it, and an attestation certificate below that, each as wished. */
function chain(wishes: { root?: CertificateWishes; ca?: CertificateWishes; leaf?: CertificateWishes } = {}) {
  const root = makeCertificate({ subject: { CN: 'Root' }, ...wishes.root })
  const ca = makeCertificate({ subject: { CN: 'CA' }, issuer: root, ...wishes.ca })
  const leaf = makeCertificate({ subject: attestationSubject, ca: false, issuer: ca, ...wishes.leaf })
  return { root, ca, leaf }
}

test('a chain leads to the anchor that signed its last certificate, is it, or is the signer’s own', async () => {
  const { root, ca, leaf } = chain()
  const der = [leaf.der, ca.der]
  expect(await followChain(der, [root.certificate])).toEqual({ anchor: root.certificate })
  expect(await followChain([...der, root.der], [root.certificate])).toEqual({ anchor: root.certificate })
  expect(await followChain(der, [ca.certificate])).toEqual({ anchor: ca.certificate })
  expect(await followChain([leaf.der], [leaf.certificate])).toEqual({ anchor: leaf.certificate })
})

test('without its root, a link, the order or a good signature it leads nowhere', async () => {
  const { root, ca, leaf } = chain()
  const namesake = makeCertificate({ subject: { CN: 'Root' } })
  expect(await followChain([leaf.der, ca.der], [])).toEqual(noRoot)
  expect(await followChain([leaf.der, ca.der], [namesake.certificate])).toEqual(noRoot)
  expect(await followChain([leaf.der], [root.certificate])).toEqual(noRoot)
  expect(await followChain([ca.der, leaf.der], [leaf.certificate])).toEqual(noRoot)
  expect(await followChain([leaf.der.with(-1, (leaf.der.at(-1) ?? 0) ^ 1), ca.der], [root.certificate])).toEqual(noRoot)
  expect(await followChain([], [root.certificate])).toEqual(noRoot)
  expect(await followChain([new Uint8Array(100)], [root.certificate])).toEqual(noRoot)
})

test.each([
  ['an expired signer', chain({ leaf: { from: past, until: soon } }), 'certificates of which one has expired'],
  ['an expired CA', chain({ ca: { from: past, until: soon } }), 'certificates of which one has expired'],
  ['an expired root', chain({ root: { from: past, until: soon } }), 'certificates of which one has expired'],
  [
    'a signer of the future',
    chain({ leaf: { from: new Date(Date.now() + 1e9), until: new Date(Date.now() + 2e9) } }),
    'certificates of which one is not valid yet',
  ],
  ['a CA that is none', chain({ ca: { ca: false } }), 'certificates of which one is signed by one that is no CA'],
  [
    'a CA that says nothing of it',
    chain({ ca: { ca: null } }),
    'certificates of which one is signed by one that is no CA',
  ],
  [
    'a root that allows no CA below it',
    chain({ root: { pathLength: 0 } }),
    'certificates with more CAs between them than one of them allows',
  ],
])('%s is found, and the way is shown with its fault', async (_, { root, ca, leaf }, fault) => {
  expect(await followChain([leaf.der, ca.der], [root.certificate])).toEqual({ anchor: root.certificate, fault })
})

test('a path length counts the CAs between', async () => {
  const { root, ca, leaf } = chain({ root: { pathLength: 1 }, ca: { pathLength: 0 } })
  expect(await followChain([leaf.der, ca.der], [root.certificate])).toEqual({ anchor: root.certificate })
})

test('a certificate with more in it than any real one leads nowhere, wherever it stands', async () => {
  const { root, ca, leaf } = chain()
  const nothings = Uint8Array.from({ length: 600 }, (_, at) => (at % 2 ? 0 : 5))
  const overloaded = Uint8Array.of(0x30, 0x82, nothings.length >> 8, nothings.length & 255, ...nothings)
  expect(await followChain([leaf.der, ca.der, overloaded], [])).toEqual(noRoot)
  expect(await followChain([overloaded, ca.der], [root.certificate])).toEqual(noRoot)
})
