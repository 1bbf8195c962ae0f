/**
 * A command that says whether a request of Standard Webhooks that is at hand is signed by the secret in an environment
 * variable.
 */
export function verifyByHand(variable: string): string {
  return [
    '#!/usr/bin/env bash',
    '# Checks a request that is at hand: bash verify.sh ID TIMESTAMP SIGNATURE < body.json',
    'set -euo pipefail',
    'id=$1 timestamp=$2 signature=$3',
    `key=$(printf %s "\${${variable}#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
    'signed() { printf %s.%s. "$id" "$timestamp" && cat; }',
    'expected=v1,$(signed | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)',
    'for given in $signature; do',
    '  if [ "$given" = "$expected" ]; then echo "The signature is right." && exit 0; fi',
    'done',
    'echo "No signature is of this secret." && exit 1',
  ].join('\n')
}
