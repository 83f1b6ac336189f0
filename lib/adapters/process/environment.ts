/** Names a change in the environment of its process, here and behind ssh. */
export const ATTEMPT = 'ANTIPODE_ATTEMPT'

/** Our environment for a child, without what would silently send Ceph's tools to another cluster, or mark it as a change. */
export function childEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...extra }
  for (const name of ['CEPH_ARGS', 'CEPH_CONF', 'CEPH_KEYRING']) delete env[name]
  if (!(ATTEMPT in extra)) delete env[ATTEMPT]
  return env
}
