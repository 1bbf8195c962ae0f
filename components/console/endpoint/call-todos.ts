/** What to do about a call that came to no answer, by the class of its failure. */
export const callTodos = {
  refused: 'Check that the endpoint runs, takes connections at this host and port, and answers in HTTP to the end.',
  tls: 'Check the certificate: valid today, for this name, with its whole chain, by an authority that is known to all.',
  dns: 'Check the name in the URL, and that it has an address that everybody can look up.',
  blocked_address:
    'Only public addresses are called. Give the endpoint one; a server on localhost that is started with WEBHOOK_ALLOW_PRIVATE=on calls private ones, too.',
  redirect: 'Redirects are not followed. Put the address that it leads to into the URL of the endpoint.',
} as const
