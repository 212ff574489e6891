export async function hand(checkup: Checkup): Promise<void> {
  // mokuteki: health/guidance
  await fetch("/guidance", { method: "POST", body: JSON.stringify(checkup) });
}

export async function ping(): Promise<void> {
  // A marker belongs to the next call alone, so that one does not stand for its neighbour.
  //
  //
  //
  // mokuteki: exempt a health check, no personal data
  await fetch("/health", { method: "POST" });
}
