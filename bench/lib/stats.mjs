export function median(list) {
  const sorted = [...list].sort((x, y) => x - y);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const round = (x) => Number(x.toPrecision(4));

/** Median, least and greatest, to four digits. */
export const spread = (list) => ({
  median: round(median(list)),
  min: round(Math.min(...list)),
  max: round(Math.max(...list)),
});
