/** Holds the place of the tenant's card while the server says whose key it is: the buttons below stay under the finger. */
export function TenantPlace() {
  return <div aria-hidden="true" className="h-[221px] animate-pulse rounded-xl bg-sunk" />
}
