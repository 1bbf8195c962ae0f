/** Who may hold a share, in the order in which parties are always named. All but the server are the user's. */
export const partyNames = ['device', 'server', 'recovery', 'hardware', 'partner'] as const

export type PartyName = (typeof partyNames)[number]
