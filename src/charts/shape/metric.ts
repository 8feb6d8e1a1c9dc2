/** What the lower panel of the hero figure shows, and on which scale (values of the address's `metric` and `scale`). */
export const figureMetrics = ['cost', 'delta', 'settlement'] as const;
export type CostMetric = (typeof figureMetrics)[number];

export const valueScales = ['linear', 'log'] as const;
export type ValueScale = (typeof valueScales)[number];
