const DISCORD_EPOCH_MS = 1_420_070_400_000;
const OLDEST_MS = Date.UTC(2020, 0, 1);

/** Hands out rising 17–19 digit snowflakes that carry the clock's time. */
export function snowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const byClock = BigInt(Math.max(Math.floor(now()), OLDEST_MS) - DISCORD_EPOCH_MS) << 22n;
    last = byClock > last ? byClock : last + 1n;
    return String(last);
  };
}

/** The ISO time at which a snowflake was made. */
export function snowflakeTime(id: string): string {
  return new Date(Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS).toISOString().replace('Z', '000+00:00');
}
