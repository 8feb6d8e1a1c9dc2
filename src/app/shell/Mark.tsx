/** The product's sign: a descending path and a cross. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden>
      <circle cx="10" cy="10" r="9" stroke="var(--accent)" strokeWidth="1.6" />
      <path d="M4.5 6.5h3v3h3v3h5" stroke="var(--accent)" strokeWidth="1.8" />
      <path d="M11.5 5l3 3m0-3l-3 3" stroke="var(--rejected)" strokeWidth="1.8" />
    </svg>
  );
}
