/** Two places opposite each other on one globe. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className} fill="none" stroke="currentColor" strokeWidth={1.6}>
      <circle cx="12" cy="12" r="10" />
      <ellipse cx="12" cy="12" rx="4.2" ry="10" />
      <circle cx="7.4" cy="7.4" r="2.6" fill="currentColor" stroke="none" />
      <circle cx="16.6" cy="16.6" r="2.6" className="fill-ground" />
    </svg>
  )
}
