import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { cents } from '../lib/units.ts';
import { Sparkline } from './Sparkline.tsx';

it('is heard as its words and not seen by assistive technology as a picture', () => {
  const { container } = render(
    <Sparkline values={[cents(100), cents(50)]} label="falls from $1.00 to $0.50" />,
  );
  expect(screen.getByText('falls from $1.00 to $0.50')).toBeTruthy();
  expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
});
