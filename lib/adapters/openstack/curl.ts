import { TOKEN_HEADER } from '@/lib/ports/cloud'
import { contentType } from './content-type'
import { versionHeaders } from './microversion'
import type { ServicePlace, ServiceRequest } from './session'

/**
 * A request as an operator sends it by hand. `TOKEN_HEADER` is for a shell to fill in. Where a service has not been asked for
 * yet, its URL is a variable too: `openstack endpoint list` has it.
 */
export function curlOf({ service, method, path, body }: ServiceRequest, place: ServicePlace | null): readonly string[] {
  const headers = {
    ...(body === null ? {} : { 'Content-Type': contentType({ service, method }) }),
    ...versionHeaders(service, place?.version ?? null),
  }
  return [
    ...['curl', '--fail-with-body', '-sS', '-X', method, '-H', TOKEN_HEADER],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(body === null ? [] : ['--data-raw', body]),
    `${place?.url ?? `<URL of the ${service} service>`}${path}`,
  ]
}
