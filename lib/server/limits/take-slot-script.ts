/** How long a slot is held at most: after a crash it is free again by then. */
export const leaseMilliseconds = 60_000

/**
 * Takes a slot, all of it in one step: counts what has not expired, compares with the limit, adds, drops what has expired.
 * The clock is Redis's own, so that processes whose clocks differ agree; where that is set back, what lies further ahead than
 * a slot is held is free. It adds before it drops: after a write that
 * frees memory, a Redis that is full lets a script write on.
 */
export const takeSlotScript = {
  numberOfKeys: 1,
  lua: `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local last = now + ${leaseMilliseconds}
    local taken = redis.call('ZCOUNT', KEYS[1], '(' .. now, last)
    if taken >= tonumber(ARGV[2]) then return { 0, taken } end
    redis.call('ZADD', KEYS[1], last, ARGV[1])
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. last, '+inf')
    redis.call('PEXPIRE', KEYS[1], ${leaseMilliseconds})
    return { 1, taken + 1 }
  `,
}
