/** Takes secrets out of what a server says, should it say back what it was told. */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  // What is shorter is no secret, and would be found in words.
  const all = secrets.filter((secret) => secret !== undefined && secret.length >= 8) as string[]
  const hidden = [...all, ...all.map(encodeURIComponent)]
  return (text) => hidden.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
}
