/**
 * Why a run failed. The first five are why its endpoint could not be called; `timeout` is also of one that took longer here
 * than it may, and `interrupted` of one whose server ended before it did.
 */
export const skillReasons = [
  'timeout',
  'refused',
  'tls',
  'dns',
  'blocked_address',
  'redirect',
  'status',
  'too_large',
  'not_json',
  'output_invalid',
  'schema_too_slow',
  'interrupted',
  'internal',
] as const

export type SkillReason = (typeof skillReasons)[number]
