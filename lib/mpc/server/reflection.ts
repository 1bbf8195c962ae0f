import { type DescFile, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { Code, type ServiceImpl } from '@connectrpc/connect'
import type {
  ServerReflection,
  ServerReflectionRequest,
  ServerReflectionResponseSchema,
} from '../proto/grpc/reflection/v1/reflection_pb.js'

type Answer = NonNullable<MessageInitShape<typeof ServerReflectionResponseSchema>['messageResponse']>

/**
 * What this server offers, for clients that bring no proto along.
 *
 * @param offered the files of its services
 * @see https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
 */
export function reflection(offered: DescFile[]): ServiceImpl<typeof ServerReflection> {
  const files = new Map<string, DescFile>()
  const visit = (file: DescFile) => {
    if (files.has(file.proto.name)) return
    files.set(file.proto.name, file)
    file.dependencies.forEach(visit)
  }
  offered.forEach(visit)
  const symbols = new Map<string, DescFile>()
  for (const file of files.values()) {
    for (const { typeName } of [...file.messages, ...file.enums, ...file.services]) symbols.set(typeName, file)
    for (const { typeName, methods } of file.services) {
      for (const { name } of methods) symbols.set(`${typeName}.${name}`, file)
    }
  }
  const services = offered.flatMap((file) => file.services.map(({ typeName }) => ({ name: typeName })))

  function answer({ messageRequest }: ServerReflectionRequest): Answer {
    const { case: kind, value } = messageRequest
    if (kind === 'listServices') return { case: 'listServicesResponse', value: { service: services } }
    const file =
      kind === 'fileByFilename' ? files.get(value) : kind === 'fileContainingSymbol' ? symbols.get(value) : null
    if (file) return { case: 'fileDescriptorResponse', value: { fileDescriptorProto: described(file) } }
    const errorMessage = file === null ? 'Only services, files and symbols can be asked for.' : `${value} is not known.`
    return {
      case: 'errorResponse',
      value: { errorCode: file === null ? Code.Unimplemented : Code.NotFound, errorMessage },
    }
  }

  return {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield { validHost: request.host, originalRequest: request, messageResponse: answer(request) }
      }
    },
  }
}

/** A file, and after it all that it stands on. */
function described(file: DescFile, seen = new Set<DescFile>()): Uint8Array[] {
  if (seen.has(file)) return []
  seen.add(file)
  const below = file.dependencies.flatMap((dependency) => described(dependency, seen))
  return [toBinary(FileDescriptorProtoSchema, file.proto), ...below]
}
