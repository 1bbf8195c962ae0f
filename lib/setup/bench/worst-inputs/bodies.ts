import { long, room, texts } from './texts.ts'

/** A body, by what is bad about it. */
export type Bodies = Record<string, string>

/** As much of JSON's own structure as a body may hold, whatever it is sent to. */
export const structures: Bodies = {
  'open arrays': '['.repeat(room),
  'arrays in arrays': `${'['.repeat(room / 2)}${']'.repeat(room / 2)}`,
  'objects in objects': `${'{"a":'.repeat(room / 6)}0${'}'.repeat(room / 6)}`,
  'empty arrays': `[${'[],'.repeat(room / 3 - 2)}[]]`,
  members: `{${Array.from({ length: room / 9 - 1 }, (_, at) => `"${at.toString(36).padStart(4, 'a')}":0`)}}`,
  'one member, many times': `{${Array.from({ length: room / 9 - 1 }, () => '"name":0')}}`,
  'a long number': `{"name":${'9'.repeat(room)}}`,
  'many numbers': `[${'1e308,'.repeat(room / 6 - 1)}1]`,
  'a number beyond all': `{"name":1e${'9'.repeat(room - 12)}}`,
  'a number of many zeroes': `{"name":0.${'0'.repeat(room - 20)}1e${'9'.repeat(4)}}`,
  escapes: `{"name":"${'\\u0061'.repeat(room / 6 - 4)}"}`,
  'halves of pairs': `{"name":"${'\\ud800'.repeat(room / 6 - 4)}"}`,
}

/** The server reads a thousand values of a body. */
const asManyAsAreRead = 990

/** As many values, as deep, as a body is read to the end of. */
export const asMuchAsIsRead: Bodies = {
  'as many members as are read': `{${Array.from({ length: asManyAsAreRead }, (_, at) => `"${at.toString(36).padStart(58, 'a')}":0`)}}`,
  'as many lists as are read, as deep as they are': `[${Array.from({ length: asManyAsAreRead / 30 - 1 }, () => `${'['.repeat(30)}${']'.repeat(30)}`)}]`,
  'as many long texts as are read': JSON.stringify(Array(asManyAsAreRead).fill(long('\u0301', 60))),
  '__proto__ within __proto__': `${'{"__proto__":'.repeat(30)}0${'}'.repeat(30)}`,
}

/** The part of a JSON Schema that says where texts may stand. */
export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}

/**
 * For each kind of text a body that has it wherever the schema takes text, and for each member one that is all in it:
 * not where the schema has been `seen` elsewhere.
 */
export function filled(schema: Schema, seen: boolean): Bodies {
  const members = seen ? [] : Object.keys(schema.properties ?? {})
  const bodies: Bodies = {}
  for (const [name, text] of Object.entries(texts)) {
    const places = placesIn(schema)
    bodies[`${name}, everywhere`] = JSON.stringify(fill(schema, long(text, room / places - 32)))
    for (const member of members) {
      const only = { type: 'object', properties: { [member]: schema.properties?.[member] ?? {} } }
      bodies[`${name} as ${member}`] = JSON.stringify(fill(only, long(text, room / placesIn(only) - 32)))
    }
  }
  for (const member of members) {
    bodies[`a list as ${member}`] = JSON.stringify({ [member]: Array.from({ length: room / 6 - 8 }, () => 'abc') })
    const all = Array.from({ length: asManyAsAreRead }, (_, at) => `https://${at}.${'a'.repeat(32)}.example`)
    bodies[`as long a list as is read as ${member}`] = JSON.stringify({ [member]: all })
    const each = Array.from({ length: asManyAsAreRead }, (_, at) => long('\u0301', 50) + at)
    bodies[`as long a list of marks as is read as ${member}`] = JSON.stringify({ [member]: each })
  }
  return bodies
}

function placesIn(schema: Schema): number {
  if (schema.anyOf) return placesIn(schema.anyOf[0] ?? {})
  if (schema.items) return placesIn(schema.items)
  const inside = Object.values(schema.properties ?? {})
  return inside.length ? inside.reduce((sum, member) => sum + placesIn(member), 0) : 1
}

function fill(schema: Schema, text: string): unknown {
  if (schema.anyOf) return fill(schema.anyOf[0] ?? {}, text)
  if (schema.items) return [fill(schema.items, text)]
  const members = Object.entries(schema.properties ?? {})
  return members.length ? Object.fromEntries(members.map(([name, member]) => [name, fill(member, text)])) : text
}

const formRoom = 56 * 1024 - 512

/** What forms may hold, sent to the authorization server's endpoints. */
export const forms: Bodies = {
  members: Array.from({ length: formRoom / 6 }, (_, at) => `${at.toString(36).padStart(4, 'a')}=`).join('&'),
  'one member, many times': 'scope=&'.repeat(formRoom / 7),
  'half escapes': `scope=${'%'.repeat(formRoom)}`,
  escapes: `scope=${'%61'.repeat(formRoom / 3)}`,
  'many scopes': `grant_type=client_credentials&client_id=x&scope=${'a+'.repeat(formRoom / 2 - 40)}`,
  'many resources': `grant_type=refresh_token&client_id=x&resource=${'http%3A%2F%2Fa&resource='.repeat(formRoom / 24 - 4)}`,
  'deep claims': `client_id=x&claims=${'%5B'.repeat(formRoom / 3 - 8)}`,
  'a token of dots': `token=${'.'.repeat(formRoom)}&client_id=x`,
  'a JWT whose head is deep': `client_id=x&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=${Buffer.from('['.repeat(40_000)).toString('base64url')}.e30.e30`,
}
