/** Makes the nodes of a session known to each other: by name, and to ssh by keys that are made in the nodes and told to no one else. */
import type { RuntimeNode } from '../port.ts'

export interface Sibling {
  node: RuntimeNode
  address: string
}

/** Answers the public keys of its root and of its ssh server, made when they are missing. */
const makeKeys = `
key() { [ -e "$1" ] || ssh-keygen -q -t ed25519 -N '' -C "root@$(hostname)" -f "$1"; cat "$1.pub"; }
mkdir -p -m 700 /root/.ssh
key /root/.ssh/id_ed25519
key /etc/ssh/ssh_host_ed25519_key`

/** In place of what was told before a restart. What a learner wrote into these files stays. */
const tell = `
sed -i -E '/^[0-9.]+[[:space:]]node[1-3]$/d' /etc/hosts && echo "$1" >> /etc/hosts
umask 077
touch /root/.ssh/authorized_keys
sed -i '/ root@node[1-3]$/d' /root/.ssh/authorized_keys && echo "$2" >> /root/.ssh/authorized_keys
echo "$3" > /etc/ssh/ssh_known_hosts && chmod 644 /etc/ssh/ssh_known_hosts
service ssh start`

/** Nothing here ends a session: a learner may have broken what it takes in a node that ran before. */
export async function introduce(siblings: readonly Sibling[]): Promise<void> {
  const all = await Promise.all(siblings.map(async (each) => ({ ...each, keys: await keysOf(each.node) })))
  const lines = (line: (each: (typeof all)[number]) => string) => all.map(line).filter(Boolean).join('\n')
  const hosts = lines(({ node, address }) => `${address}\t${node.name}`)
  const users = lines(({ node, keys }) => keys[0] && `${keys[0]} root@${node.name}`)
  const servers = lines(({ node, keys }) => keys[1] && `${node.name} ${keys[1]}`)
  await Promise.all(all.map(({ node }) => node.exec(['sh', '-c', tell, 'tell', hosts, users, servers], { cwd: '/' })))
}

/** Public keys of user and server, without their comments. */
async function keysOf(node: RuntimeNode): Promise<[user: string, server: string]> {
  const { stdout } = await node.exec(['sh', '-ec', makeKeys], { cwd: '/' })
  const [user = '', server = ''] = stdout.match(/^ssh-ed25519 [A-Za-z0-9+/=]{60,100}/gm) ?? []
  return [user, server]
}
