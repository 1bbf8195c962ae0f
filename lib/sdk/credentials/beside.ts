/** What stands beside `publicKey` in the browser's call. */
export interface Beside {
  /**
   * How the browser may involve the person. With `conditional`, passkeys are offered in a field, or one is made beside a
   * sign-in that just was.
   */
  mediation?: 'optional' | 'required' | 'silent' | 'conditional'
}
