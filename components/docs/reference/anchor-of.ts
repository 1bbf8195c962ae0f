/** Where the reference describes an operation: an approval is a sign-in with an action, and stands there. */
export function anchorOf(operation: string): string {
  return operation.replace(/^passkeys\.approve\./, 'passkeys.authenticate.')
}
