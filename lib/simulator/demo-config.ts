/** The sites and objectives of the demo world, as antipode.yaml would name them. Durations in seconds. */
export const demoConfig = {
  name: 'Demo Cloud',
  objectives: { rpo: 120, rto: 1_800 },
  sites: [{ name: 'eu-west' }, { name: 'eu-north' }, { name: 'eu-south' }],
} as const
