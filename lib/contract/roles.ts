// What members of a tenant may do in the Console. The browser has this too: no zod in here.

/** Each may do all that the one before it may. */
export const roleNames = ['viewer', 'developer', 'owner'] as const
export type Role = (typeof roleNames)[number]

/** How pages call them, and what they are for. */
export const roles: Record<Role, { name: string; may: string }> = {
  viewer: { name: 'Viewer', may: 'Reads everything but secrets, and changes nothing.' },
  developer: {
    name: 'Developer',
    may: 'Looks after keys, OAuth clients, webhooks, MPC keys, skills and users, test and live.',
  },
  owner: {
    name: 'Owner',
    may: 'Does everything: also members and roles, relying party, attestation, branding, sign-up and money.',
  },
}

/** What a role is for, as a sentence about who has it: “A viewer reads everything …”. */
export function whatMay(role: Role): string {
  const { name, may } = roles[role]
  return `${role === 'owner' ? 'An' : 'A'} ${name.toLowerCase()} ${may.charAt(0).toLowerCase()}${may.slice(1)}`
}

/** Whoever may not move money gives no key or client what does. */
export const ownersScope = 'account:write'

/** Whether a role is enough where another is the least that may. */
export function mayAs(role: Role, least: Role): boolean {
  return roleNames.indexOf(role) >= roleNames.indexOf(least)
}

/** Who may where a role is the least: “An owner”. */
export function whoMay(least: Role): string {
  if (least === 'owner') return 'An owner'
  return least === 'developer' ? 'A developer or an owner' : 'Every member'
}
