/** One command in many spellings is one command, and what looks alike is not. */
import { describe, expect, test } from 'vitest'
import { compareCommands } from './compare-commands.ts'
import { parseCommandLine } from './command-line.ts'

describe('the same command', () => {
  test.each([
    ['docker run -d -p 8080:80 --name web nginx:1.26', 'docker run --name=web --publish 8080:80 --detach nginx:1.26'],
    ['docker run -d -p 8080:80 nginx', 'docker container run -dp 8080:80/tcp nginx'],
    ['docker run -d -p 8080:80 nginx', 'docker run -p8080:80 -d nginx'],
    ['docker run -it --rm debian bash', 'sudo docker run --rm -ti debian bash'],
    ['docker run -it --rm debian bash', '$ docker run \\\n  --rm=true -i -t debian bash'],
    ['docker run -m 512m --cpus 1.5 x', 'docker run --cpus=1.50 --memory 0.5G x'],
    ['docker run -e "A=b c" -e D=e x', "docker run -e D=e -e 'A=b c' x"],
    ['docker run -v data:/data x', 'docker run --volume=data:/data:rw x'],
    ['docker run --mount type=bind,src=/a,dst=/b,ro x', 'docker run --mount readonly,type=bind,target=/b,source=/a x'],
    ['docker ps -a', 'docker container ls --all'],
    ['docker rmi x', 'docker image rm x'],
    ['docker build -t app .', 'docker buildx build --tag app .'],
    ['docker stop -t 30 web', 'docker stop --timeout 30 web'],
    ['docker rm -f $(docker ps -aq)', 'docker container rm --force $(docker ps -q -a)'],
    ['docker logs -f --tail 20 web', 'docker logs web --tail=20 -f'],
    ['docker -H ssh://node2 ps', 'docker --host ssh://node2 ps'],
    ['docker compose -p shop up -d', 'docker compose --project-name shop up --detach'],
    ['docker exec web cat "/etc/os-release"', 'docker exec web cat /etc/os-release # what is it?'],
    ['docker run -v "$PWD":/app x', 'docker run -v $PWD:/app x'],
  ])('%s is %s', (wanted, typed) => {
    expect(compareCommands(wanted, typed)).toEqual({ same: true, differences: [] })
  })
})

describe('another command, with what is different', () => {
  test.each([
    ['docker run -d nginx', 'docker run nginx -d', 'Missing: `--detach`.'],
    ['docker run -p 8080:80 x', 'docker run -p 80:8080 x', 'Not asked for: `--publish=80:8080`.'],
    ['docker run x', 'docker run --rm x', 'Not asked for: `--rm`.'],
    ['docker ps -a', 'docker ps', 'Missing: `--all`.'],
    ['docker ps', 'docker images', '`docker image ls` is another command than the one that does this.'],
    ['docker run x', 'docker runn x', 'This cannot be read as a command: `docker` has no command `runn`.'],
    [
      'docker run x',
      'docker run --nmae web x',
      'This cannot be read as a command: `docker run` has no option `--nmae`.',
    ],
    ['docker run x', 'docker run x --name', 'After the options, `x` is wanted, and `x --name` is there.'],
    ['docker run x', 'docker run --name', 'This cannot be read as a command: `--name` of `docker run` needs a value.'],
    ['docker ps', 'docker ps -H ssh://node2', 'This cannot be read as a command: `docker ps` has no option `-H`.'],
    ['docker run x', "docker run 'x", 'This cannot be read as a command: a quotation mark is not closed.'],
    ['docker run x', '  ', 'This cannot be read as a command: there is no command.'],
    ['docker tag a b', 'docker tag b a', 'The arguments stand in another order, and here their order counts.'],
    ['docker logs web', 'docker logs web | tail', 'More is typed here than the one command line that is asked for.'],
    [
      'docker run x echo $A',
      "docker run x echo '$B'",
      'After the options, `x echo $A` is wanted, and `x echo $B` is there.',
    ],
  ])('%s is not %s', (wanted, typed, said) => {
    const { same, differences } = compareCommands(wanted, typed)
    expect(same).toBe(false)
    expect(differences).toContain(said)
  })
})

test('nothing that can be typed makes it throw', () => {
  for (const typed of [
    '${',
    '$((',
    '`',
    '\\',
    '((((',
    '&&&&',
    '<<<',
    'docker --',
    'docker compose',
    '\0',
    "'".repeat(2001),
    'docker run '.repeat(180),
  ])
    expect(() => parseCommandLine(typed)).not.toThrow()
})
