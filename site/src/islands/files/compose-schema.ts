/** What may stand in a compose file, as far as the course uses it: keys, what they take, and a sentence on each. */

export type Shape = 'text' | 'number' | 'yes or no' | 'list' | 'map' | 'any'
export interface Key {
  about: string
  takes: readonly Shape[]
  /** Keys of the map that it takes. */
  keys?: Keys
  /** Values of the map that it takes, whatever their names. */
  each?: Keys
  /** The only texts that it takes. */
  words?: readonly string[]
}
export type Keys = Readonly<Record<string, Key>>

const key = (about: string, ...takes: Shape[]): Key => ({ about, takes })
const texts = ['text', 'list'] as const
const scalar = ['text', 'number'] as const

const healthcheck: Keys = {
  test: key('Command whose exit status says whether the container is healthy.', ...texts),
  interval: key('Time between two tests, for example 10s.', 'text'),
  timeout: key('Time that one test may take.', 'text'),
  retries: key('Failures in a row after which it is unhealthy.', ...scalar),
  start_period: key('Time at the start in which failures do not count.', 'text'),
  start_interval: key('Time between two tests at the start.', 'text'),
  disable: key('Turns off the health check of the image.', 'yes or no'),
}
const limits: Keys = {
  cpus: key('CPUs, for example "0.5".', ...scalar),
  memory: key('Memory, for example 256M.', ...scalar),
  pids: key('Processes.', 'number'),
}
const deploy: Keys = {
  mode: { about: 'One task a node, or so many replicas.', takes: ['text'], words: ['global', 'replicated'] },
  replicas: key('How many tasks.', 'number'),
  labels: key('Labels of the service.', 'map', 'list'),
  placement: key('On which nodes tasks may run.', 'map'),
  resources: {
    about: 'What tasks may use and are sure of.',
    takes: ['map'],
    keys: {
      limits: { about: 'At most.', takes: ['map'], keys: limits },
      reservations: { about: 'At least.', takes: ['map'], keys: { ...limits, devices: key('Devices.', 'list') } },
    },
  },
  restart_policy: key('When a task is started again.', 'map'),
  update_config: key('How an update rolls out.', 'map'),
  rollback_config: key('How an update is taken back.', 'map'),
  endpoint_mode: { about: 'One virtual address, or all by DNS.', takes: ['text'], words: ['vip', 'dnsrr'] },
}
const build: Keys = {
  context: key('Folder that is sent to the builder.', 'text'),
  dockerfile: key('Dockerfile, relative to the context.', 'text'),
  dockerfile_inline: key('The Dockerfile itself.', 'text'),
  args: key('Values of ARG.', 'map', 'list'),
  target: key('Stage at which the build ends.', 'text'),
  cache_from: key('Where layers may be taken from.', 'list'),
  cache_to: key('Where layers are left for others.', 'list'),
  labels: key('Labels of the image.', 'map', 'list'),
  network: key('Network of RUN.', 'text'),
  no_cache: key('Builds every step.', 'yes or no'),
  pull: key('Asks the registry for newer base images.', 'yes or no'),
  platforms: key('Platforms to build for.', 'list'),
  secrets: key('Secrets that RUN may mount.', 'list'),
  ssh: key('SSH agents that RUN may use.', 'list', 'map'),
  tags: key('More names of the image.', 'list'),
  extra_hosts: key('Lines of /etc/hosts.', 'list', 'map'),
  additional_contexts: key('More folders or images by name.', 'list', 'map'),
  shm_size: key('Size of /dev/shm.', ...scalar),
}
const service: Keys = {
  image: key('Image to run, or the name of the one that is built.', 'text'),
  build: { about: 'How the image is built: a folder, or more exactly.', takes: ['text', 'map'], keys: build },
  command: key('Replaces CMD of the image.', ...texts),
  entrypoint: key('Replaces ENTRYPOINT of the image.', ...texts),
  container_name: key('A name of one’s own; then there can be one container only.', 'text'),
  ports: key('Published ports, for example "8080:80".', 'list'),
  expose: key('Ports that others on the network may use; documentation only.', 'list'),
  environment: key('Environment variables.', 'map', 'list'),
  env_file: key('Files with environment variables.', ...texts),
  volumes: key('Volumes and folders, for example data:/var/lib/data.', 'list'),
  tmpfs: key('Folders in memory.', ...texts),
  networks: key('Networks to join; default: the project’s.', 'list', 'map'),
  network_mode: key('`none`, `host`, or service:<name>.', 'text'),
  depends_on: key('Services that are started before.', 'list', 'map'),
  healthcheck: { about: 'How one sees that it works.', takes: ['map'], keys: healthcheck },
  restart: { about: 'When it is started again.', takes: ['text', 'yes or no'] },
  deploy: { about: 'Replicas, limits, updates.', takes: ['map'], keys: deploy },
  configs: key('Configs to mount.', 'list'),
  secrets: key('Secrets to mount below /run/secrets.', 'list'),
  labels: key('Labels of the container.', 'map', 'list'),
  logging: key('Where its output goes.', 'map'),
  profiles: key('It runs only when one of these is asked for.', 'list'),
  user: key('User it runs as, for example "1000:1000".', ...scalar),
  working_dir: key('Folder it starts in.', 'text'),
  hostname: key('Its host name.', 'text'),
  domainname: key('Its domain.', 'text'),
  extra_hosts: key('Lines of /etc/hosts.', 'list', 'map'),
  dns: key('Name servers.', ...texts),
  dns_search: key('Domains to search.', ...texts),
  dns_opt: key('Options of the resolver.', 'list'),
  cap_add: key('Capabilities to add.', 'list'),
  cap_drop: key('Capabilities to take away.', 'list'),
  security_opt: key('seccomp, AppArmor, no-new-privileges.', 'list'),
  privileged: key('All capabilities and devices; rarely right.', 'yes or no'),
  read_only: key('Its root file system cannot be written.', 'yes or no'),
  init: key('A small init as process 1 that collects orphans.', 'yes or no'),
  stop_signal: key('Signal that asks it to end.', 'text'),
  stop_grace_period: key('Time until it is killed.', 'text'),
  stdin_open: key('Keeps standard input open (-i).', 'yes or no'),
  tty: key('Gives it a terminal (-t).', 'yes or no'),
  ulimits: key('Limits of its processes.', 'map'),
  sysctls: key('Kernel settings of its namespaces.', 'map', 'list'),
  devices: key('Devices of the host.', 'list'),
  pid: key('`host`, or service:<name>.', 'text'),
  ipc: key('Whose shared memory it sees.', 'text'),
  userns_mode: key('User namespace.', 'text'),
  cgroup: key('Control group namespace.', 'text'),
  cgroup_parent: key('Parent of its control group.', 'text'),
  platform: key('Platform of the image.', 'text'),
  pull_policy: {
    about: 'When the image is pulled.',
    takes: ['text'],
    words: ['always', 'never', 'missing', 'if_not_present', 'build'],
  },
  scale: key('How many containers.', 'number'),
  cpus: key('CPUs it may use.', ...scalar),
  cpu_shares: key('Weight against others.', ...scalar),
  cpuset: key('CPUs it may run on.', 'text', 'number'),
  mem_limit: key('Memory it may use.', ...scalar),
  mem_reservation: key('Memory that is kept for it.', ...scalar),
  memswap_limit: key('Memory and swap together.', ...scalar),
  oom_kill_disable: key('It is not killed when memory runs out.', 'yes or no'),
  oom_score_adj: key('How soon it is killed when memory runs out.', 'number'),
  pids_limit: key('Processes it may have.', 'number'),
  shm_size: key('Size of /dev/shm.', ...scalar),
  extends: key('Another service to begin from.', 'text', 'map'),
  external_links: key('Containers of other projects.', 'list'),
  links: key('Other names for services; networks do it better.', 'list'),
  group_add: key('More groups of its user.', 'list'),
  isolation: key('Isolation technology.', 'text'),
  mac_address: key('Its MAC address.', 'text'),
  runtime: key('Runtime of its containers.', 'text'),
  storage_opt: key('Options of the storage driver.', 'map'),
  volumes_from: key('Mounts of another container.', 'list'),
  annotations: key('Annotations.', 'map', 'list'),
  attach: key('Whether `up` shows its output.', 'yes or no'),
  develop: key('What `compose watch` does.', 'map'),
}
const external = key('It is there already and not made by compose.', 'yes or no', 'map')
const common: Keys = { name: key('Its real name.', 'text'), external, labels: key('Labels.', 'map', 'list') }
const network: Keys = {
  ...common,
  driver: key('`bridge`, `overlay`, …', 'text'),
  driver_opts: key('Options of the driver.', 'map'),
  attachable: key('Containers may join it by hand.', 'yes or no'),
  internal: key('It leads nowhere else.', 'yes or no'),
  enable_ipv6: key('IPv6.', 'yes or no'),
  ipam: key('Its addresses.', 'map'),
}
const volume: Keys = { ...common, driver: key('Driver.', 'text'), driver_opts: key('Options of the driver.', 'map') }
const content: Keys = {
  ...common,
  file: key('File that it is made from.', 'text'),
  environment: key('Variable that it is made from.', 'text'),
  content: key('The content itself.', 'text'),
  template_driver: key('Template driver.', 'text'),
}

export const composeKeys: Keys = {
  name: key('Name of the project; default: that of the folder.', 'text'),
  version: key('Not used any more; it can go.', 'text', 'number'),
  services: { about: 'What runs.', takes: ['map'], each: service },
  networks: { about: 'Networks of the project.', takes: ['map'], each: network },
  volumes: { about: 'Volumes of the project.', takes: ['map'], each: volume },
  configs: { about: 'Files that services get.', takes: ['map'], each: content },
  secrets: { about: 'Files that services get and images never see.', takes: ['map'], each: content },
  include: key('More compose files.', 'list'),
}
