import type { ServiceRequest } from './session'

/** Glance takes a PATCH of its own kind alone. */
export const contentType = ({ service, method }: Pick<ServiceRequest, 'service' | 'method'>): string =>
  service === 'image' && method === 'PATCH' ? 'application/openstack-images-v2.1-json-patch' : 'application/json'
