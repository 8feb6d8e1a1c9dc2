/** What the lower panel of the hero figure shows, and on which scale (values of the address's `metric` and `scale`). */
export type CostMetric = 'cost' | 'delta' | 'settlement';

export type ValueScale = 'linear' | 'log';
