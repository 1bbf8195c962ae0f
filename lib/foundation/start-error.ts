/** Why a process cannot do its work, in a sentence for the operator. The server and the command line say it and exit with 1. */
export class StartError extends Error {
  override name = 'StartError'
}

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file may not grow so large here',
  EROFS: 'its file system may only be read',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a part of the path is no directory',
  EEXIST: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  EIO: 'the disk cannot be written or read',
}

/** A failure of the file system, or one with a reason of its own, in a sentence about what it hit; any other error as it is. */
export function inASentence(what: string, error: unknown, reason?: string): unknown {
  const why = reason ?? reasons[String((error as { code?: unknown } | undefined)?.code)]
  return why ? new StartError(`${what} cannot be used: ${why}.`, { cause: error }) : error
}
