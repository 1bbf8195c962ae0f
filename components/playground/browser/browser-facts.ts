import { permittedRpIds } from '#lib/webauthn/permitted-rp-ids.ts'
import { labelOf } from '#lib/webauthn/related-origins.ts'
import { type CapabilityWords, capabilityWords, extensionWords, unnamed } from './capability-words.ts'
import { answerOf, type Fact, type FactGroup } from './fact.ts'
import type { SeenBrowser } from './seen-browser.ts'

/** Everything that a browser told, each with what it means for a tester. The RP ID is the key's, where there is one. */
export function browserFacts(seen: SeenBrowser, rpId: string | undefined): FactGroup[] {
  return [
    {
      title: 'This page',
      note: 'what the browser asks of a page before it asks anybody',
      facts: pageFacts(seen, rpId),
    },
    { title: 'Authenticators', note: 'what is said to be here', facts: authenticatorFacts(seen) },
    { title: 'Capabilities', note: 'getClientCapabilities()', facts: capabilityFacts(seen) },
    { title: 'Extensions', note: 'getClientCapabilities(), extension:…', facts: extensionFacts(seen) },
    { title: 'Functions', note: 'what code can call', facts: functionFacts(seen) },
  ]
}

function pageFacts(seen: SeenBrowser, rpId: string | undefined): Fact[] {
  return [
    fact('page.secureContext', 'Secure context', seen.secureContext, {
      yes: 'The page came by HTTPS, or from this machine.',
      no: 'The page came by plain HTTP, so WebAuthn is hidden from it. Open it by HTTPS, or on localhost.',
    }),
    fact('page.webAuthn', 'WebAuthn', seen.webAuthn, {
      yes: 'PublicKeyCredential is there.',
      no: 'This browser has no PublicKeyCredential: no passkey can be made or used here. All that needs none works.',
    }),
    frameFact(seen),
    policyFact(seen, 'create'),
    policyFact(seen, 'get'),
    rpIdFact(seen, rpId),
  ]
}

function frameFact({ framed, ancestors }: SeenBrowser): Fact {
  const found = ancestors === undefined ? 'the browser does not tell by whom' : ancestors.join(', ')
  return {
    ...fact('page.topLevel', 'Page of its own', !framed, {
      yes: 'The page stands in no frame: no permission of another page is needed.',
      no: 'The page stands in a frame. In another origin’s it needs allow="publickey-credentials-get; publickey-credentials-create".',
    }),
    ...(framed && found ? { found } : {}),
  }
}

function policyFact({ permitted }: SeenBrowser, call: 'create' | 'get'): Fact {
  const feature = `publickey-credentials-${call}`
  return fact(`page.permitted.${call}`, `Permission to ${call}`, permitted[call], {
    yes: `The Permissions-Policy lets this page call navigator.credentials.${call}.`,
    no: `${feature} is not permitted: navigator.credentials.${call} is refused at once, with NotAllowedError.`,
    unknown: 'This browser does not tell a page its Permissions-Policy.',
  })
}

function rpIdFact({ hostname, capabilities }: SeenBrowser, rpId: string | undefined): Fact {
  const permitted = permittedRpIds(hostname)
  const found = permitted.length ? `permitted on ${hostname}: ${permitted.join(', ')}` : `${hostname} may name none`
  const id = 'page.rpId'
  if (rpId === undefined) {
    return {
      ...fact(id, 'RP ID', permitted.length > 0, {
        yes: 'Any of these is taken from this page. With an API key, the key’s own RP ID is compared here.',
        no: 'Browsers take domains alone, and this host is an address or a public suffix: every call is a SecurityError.',
      }),
      found,
    }
  }
  const inside = permitted.includes(rpId)
  // Where the browser does not tell, its document may still let this page in.
  const outside = capabilities?.relatedOrigins === false || !labelOf(rpId)
  return {
    id,
    title: `RP ID ${rpId}`,
    answer: inside ? 'supported' : outside ? 'not-supported' : 'unknown',
    meaning: inside
      ? `A page on ${hostname} may use passkeys of ${rpId}.`
      : outside
        ? `A page on ${hostname} may not use it: every call is a SecurityError.`
        : `A page on ${hostname} may use it only if https://${rpId}/.well-known/webauthn lists it: see Related origins.`,
    found,
  }
}

function authenticatorFacts({ platformAuthenticator, conditionalMediation }: SeenBrowser): Fact[] {
  return [
    fact('authenticators.userVerifyingPlatform', 'Platform authenticator', platformAuthenticator, {
      yes: 'This device makes and uses passkeys, and checks who is there.',
      no: 'Only a key in the hand, or a phone: authenticatorAttachment “platform” finds nothing.',
    }),
    fact('authenticators.conditionalMediation', 'Autofill', conditionalMediation, {
      yes: 'Passkeys can wait in the username field (mediation: conditional).',
      no: 'No passkeys are offered in fields: offer a button.',
    }),
  ]
}

const extensionPrefix = 'extension:'

function capabilityFacts({ capabilities }: SeenBrowser): Fact[] {
  const told = Object.keys(capabilities ?? {}).filter((name) => !name.startsWith(extensionPrefix))
  return facts(
    'capabilities',
    [...Object.keys(capabilityWords), ...told],
    capabilityWords,
    (name) => capabilities?.[name],
  )
}

function extensionFacts({ capabilities }: SeenBrowser): Fact[] {
  const told = Object.keys(capabilities ?? {}).flatMap((name) =>
    name.startsWith(extensionPrefix) ? [name.slice(extensionPrefix.length)] : [],
  )
  const names = [...Object.keys(extensionWords), ...told]
  return facts('extensions', names, extensionWords, (name) => capabilities?.[`${extensionPrefix}${name}`])
}

const functionWords: Readonly<Record<string, CapabilityWords>> = {
  getClientCapabilities: { yes: 'The browser tells what it can.', no: 'What the browser can is learned by trying.' },
  parseCreationOptionsFromJSON: {
    yes: 'The server’s JSON becomes options without code of one’s own.',
    no: 'Bytes of creation options have to be decoded by hand, or by a library.',
  },
  parseRequestOptionsFromJSON: {
    yes: 'The server’s JSON becomes options without code of one’s own.',
    no: 'Bytes of request options have to be decoded by hand, or by a library.',
  },
  toJSON: {
    yes: 'A credential becomes JSON by itself.',
    no: 'A credential has to be encoded by hand, or by a library.',
  },
  signalAllAcceptedCredentials: { yes: 'It can be called.', no: 'A call throws a TypeError.' },
  signalCurrentUserDetails: { yes: 'It can be called.', no: 'A call throws a TypeError.' },
  signalUnknownCredential: { yes: 'It can be called.', no: 'A call throws a TypeError.' },
  getAuthenticatorData: {
    yes: 'Authenticator data can be read without decoding CBOR.',
    no: 'Authenticator data has to be taken out of the attestation object.',
  },
  getPublicKey: { yes: 'The public key can be read as SPKI.', no: 'The public key is there as COSE alone.' },
  getPublicKeyAlgorithm: { yes: 'The algorithm can be read.', no: 'The algorithm is in the COSE key alone.' },
  getTransports: {
    yes: 'A new passkey says how it is reached, which later dialogues use.',
    no: 'How a new passkey is reached is not told: later dialogues ask for everything.',
  },
}

function functionFacts({ functions }: SeenBrowser): Fact[] {
  return facts('functions', Object.keys(functions), functionWords, (name) => functions[name]).map((each) => ({
    ...each,
    title: `${each.title}()`,
  }))
}

function facts(
  group: string,
  names: readonly string[],
  words: Readonly<Record<string, CapabilityWords>>,
  read: (name: string) => boolean | undefined,
): Fact[] {
  return [...new Set(names)].map((name) =>
    fact(`${group}.${name}`, name, read(name), Object.hasOwn(words, name) ? (words[name] ?? unnamed) : unnamed),
  )
}

function fact(
  id: string,
  title: string,
  value: boolean | undefined,
  { yes, no, unknown = 'The browser does not tell: try it.' }: CapabilityWords & { unknown?: string },
): Fact {
  return { id, title, answer: answerOf(value), meaning: value === undefined ? unknown : value ? yes : no }
}
