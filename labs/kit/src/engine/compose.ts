/** What Compose on a node would note beside the containers that it makes. */
import type { Node } from '../check.ts'

/**
 * Hashes of a service as the files of the work folder describe it now, to be compared with a container's label
 * `com.docker.compose.config-hash`; none when they cannot be read. Two, because from Compose 2.22 on `config --hash` leaves `env_file`
 * as it is, and `up` reads it (docker/compose issue 14001).
 */
export async function composeHashes(node: Node, service: string): Promise<string[]> {
  const script =
    'docker compose config --hash "$1"; docker compose config | docker compose --project-directory . -f - config --hash "$1"'
  const ran = await node.exec(['sh', '-c', script, 'sh', service])
  return ran.stdout.split(/\s+/).filter((word) => /^[0-9a-f]{64}$/.test(word))
}
