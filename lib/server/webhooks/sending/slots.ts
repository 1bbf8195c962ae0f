// How many attempts a process has under way at most: in all, of one tenant, of one endpoint, and of one at which nothing
// arrives. Whoever is slow holds up themselves.
const [inAll, ofTenant, ofEndpoint, ofFailing] = [256, 24, 8, 2]

interface Of {
  endpointId: string
  tenantId: string
  failing: boolean
}

/** What of them is taken. */
export class Slots {
  readonly #taken = new Map<string, number>()

  /** Takes as many as there are for an endpoint. */
  takeAll({ endpointId, tenantId, failing }: Of): number {
    const count = Math.max(
      0,
      Math.min(
        inAll - this.#of(''),
        ofTenant - this.#of(tenantId),
        (failing ? ofFailing : ofEndpoint) - this.#of(endpointId),
      ),
    )
    this.#add(count, endpointId, tenantId)
    return count
  }

  /** Gives some of an endpoint's back. */
  release(count: number, { endpointId, tenantId }: Omit<Of, 'failing'>): void {
    this.#add(-count, endpointId, tenantId)
  }

  get full(): boolean {
    return this.#of('') >= inAll
  }

  #of(name: string): number {
    return this.#taken.get(name) ?? 0
  }

  #add(count: number, ...names: string[]): void {
    for (const name of ['', ...names]) {
      const now = this.#of(name) + count
      if (now === 0) this.#taken.delete(name)
      else this.#taken.set(name, now)
    }
  }
}
